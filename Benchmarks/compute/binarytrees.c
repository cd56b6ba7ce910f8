/* Binary trees: malloc and free of small nodes, pointer chasing, recursion. */
#include "bench.h"

typedef struct Node { struct Node *left, *right; } Node;

static Node *make(int depth) {
    Node *node = malloc(sizeof *node);
    node->left = depth ? make(depth - 1) : 0;
    node->right = depth ? make(depth - 1) : 0;
    return node;
}

static int check(const Node *node) { return node->left ? 1 + check(node->left) + check(node->right) : 1; }

static void discard(Node *node) {
    if (node->left) discard(node->left), discard(node->right);
    free(node);
}

int main(int argc, char **argv) {
    int deepest = benchSize(argc, argv, 19);
    Node *stretch = make(deepest + 1);
    printf("stretch %d: %d\n", deepest + 1, check(stretch));
    discard(stretch);
    Node *lasting = make(deepest);
    for (int depth = 4; depth <= deepest; depth += 4) {
        int rounds = 1 << (deepest - depth + 4), sum = 0;
        for (int i = 0; i < rounds; i++) {
            Node *node = make(depth);
            sum += check(node);
            discard(node);
        }
        printf("%d trees of depth %d: %d\n", rounds, depth, sum);
    }
    printf("lasting: %d\n", check(lasting));
    discard(lasting);
    return 0;
}
