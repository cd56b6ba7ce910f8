"""Medians, ratios, geometric means, and tables."""
import math
import statistics


def median(values):
    return statistics.median(values) if values else None


def geometric_mean(values):
    values = [value for value in values if value]
    return math.exp(sum(map(math.log, values)) / len(values)) if values else None


def table(header, rows):
    """Prints rows of strings (or None) under a header, first column to the left, the others to the right."""
    cells = [[("-" if cell is None else str(cell)) for cell in row] for row in [header] + rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    for number, row in enumerate(cells):
        print("  ".join([row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]))
        if number == 0:
            print("  ".join("-" * width for width in widths))


def seconds(value):
    return None if value is None else "%.3f" % value


def ratio(value):
    return None if value is None else "%.2f" % value
