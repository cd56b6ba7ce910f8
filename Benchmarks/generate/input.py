#!/usr/bin/env python3
"""input.py FILE BYTES: writes a file that compresses about as English text and tables do, the same every time."""
import random
import sys


def main():
    path, size = sys.argv[1], int(sys.argv[2])
    source = random.Random(20260601)
    letters = "etaoinshrdlucmfwypvbgkjqxz"
    weights = [12, 9, 8, 8, 7, 7, 6, 6, 6, 4, 4, 3, 3, 3, 2, 2, 2, 2, 1, 1, 2, 1, 0.3, 0.2, 0.2, 0.1]
    words = ["".join(source.choices(letters, weights, k=source.randint(1, 11))) for _ in range(6000)]
    ranks = [1 / (rank + 3) for rank in range(len(words))]
    with open(path, "wb") as file:
        written = 0
        while written < size:
            kind = source.random()
            if kind < 0.85:
                sentence = source.choices(words, ranks, k=source.randint(200, 400))
                block = (" ".join(sentence) + ".\n").encode()
            elif kind < 0.95:
                rows = ["%d\t%d\t%.4f" % (i, source.randrange(10**6), source.random()) for i in range(60)]
                block = ("\n".join(rows) + "\n").encode()
            elif kind < 0.98:
                block = source.randbytes(1500)
            else:
                block = bytes([source.randrange(256)]) * source.randint(500, 4000)
            block = block[: size - written]
            file.write(block)
            written += len(block)


main()
