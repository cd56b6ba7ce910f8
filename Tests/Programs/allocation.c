/* malloc, calloc, realloc and free in random order, with every block's contents checked; lists and trees of nodes. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { slots = 500 };
static uint32_t state = 99;
static uint32_t next(void) { return state = state * 1664525 + 1013904223, state >> 8; }

typedef struct Node { struct Node *left, *right; uint32_t key, priority; } Node;

static Node *insert(Node *node, uint32_t key) {
    if (!node) {
        node = calloc(1, sizeof *node);
        node->key = key, node->priority = next();
        return node;
    }
    if (key == node->key) return node;
    if (key < node->key) {
        node->left = insert(node->left, key);
        if (node->left->priority > node->priority) {
            Node *top = node->left;
            node->left = top->right, top->right = node;
            return top;
        }
    } else {
        node->right = insert(node->right, key);
        if (node->right->priority > node->priority) {
            Node *top = node->right;
            node->right = top->left, top->left = node;
            return top;
        }
    }
    return node;
}

static int walk(const Node *node, uint32_t *last, int *ordered) {
    if (!node) return 0;
    int left = walk(node->left, last, ordered);
    *ordered &= node->key >= *last;
    *last = node->key;
    return 1 + left + walk(node->right, last, ordered);
}

static void discard(Node *node) {
    if (!node) return;
    discard(node->left), discard(node->right);
    free(node);
}

int main(void) {
    unsigned char *block[slots] = {0};
    size_t size[slots] = {0};
    int wrong = 0;
    for (int i = 0; i < 60000; i++) {
        uint32_t k = next() % slots;
        for (size_t b = 0; b < size[k]; b += 61) wrong += block[k][b] != (unsigned char)k;
        switch (next() % 4) {
            case 0:
                free(block[k]);
                block[k] = 0, size[k] = 0;
                break;
            case 1:
                free(block[k]);
                size[k] = next() % 2000;
                block[k] = calloc(size[k] + 1, 1);
                for (size_t b = 0; b < size[k]; b += 61) wrong += block[k][b] != 0;
                memset(block[k], (int)k, size[k]);
                break;
            default: {
                size_t old = size[k];
                size[k] = next() % (k < 10 ? 100000 : 3000);
                block[k] = realloc(block[k], size[k] + 1);
                if (size[k] > old) memset(block[k] + old, (int)k, size[k] - old);
            }
        }
        wrong += block[k] && (uintptr_t)block[k] % 8 != 0;
    }
    for (int k = 0; k < slots; k++) free(block[k]);
    printf("wrong %d\n", wrong);
    Node *root = 0;
    for (int i = 0; i < 5000; i++) root = insert(root, next() % 10000);
    uint32_t last = 0;
    int ordered = 1, count = walk(root, &last, &ordered);
    printf("%d nodes, ordered %d, last %u\n", count, ordered, (unsigned)last);
    discard(root);
    return 0;
}
