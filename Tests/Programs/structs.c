/* Structs and unions: passed and returned by value, nested, in arrays, with bit fields and padding. */
#include <stdint.h>
#include <stdio.h>

#define NOINLINE __attribute__((noinline))

typedef struct { int x, y; } Point;
typedef struct { double re, im; } Complex;
typedef struct { Point corner[2]; char name[8]; float weight; } Box;
typedef struct { unsigned a : 3, b : 7, c : 1; int d : 5; uint64_t e : 33; } Fields;
typedef union { float f; uint32_t u; uint8_t bytes[4]; } Word;
typedef struct { int8_t a; int64_t b; int16_t c; double d; uint8_t e; } Padded;

NOINLINE static Point swap(Point p) { return (Point){p.y, p.x}; }
NOINLINE static Complex multiply(Complex a, Complex b) { return (Complex){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re}; }
NOINLINE static Box grow(Box box, int by) {
    for (int i = 0; i < 2; i++) box.corner[i].x += i ? by : -by, box.corner[i].y += i ? by : -by;
    box.name[0]++;
    box.weight *= 1.5f;
    return box;
}
NOINLINE static int area(const Box *box) { return (box->corner[1].x - box->corner[0].x) * (box->corner[1].y - box->corner[0].y); }
NOINLINE static Padded mix(int n, Padded p, double d, Padded q) {
    return (Padded){(int8_t)(p.a + n), p.b * q.b, (int16_t)(p.c - q.c), p.d + d, (uint8_t)(q.e + p.e)};
}
typedef struct { char letter; } Single;
NOINLINE static Single following(Single s) { return (Single){(char)(s.letter + 1)}; }

int main(void) {
    Point p = swap((Point){3, 4});
    Complex z = {1, 0}, w = {0.6, 0.8};
    for (int i = 0; i < 10; i++) z = multiply(z, w);
    printf("%d %d %.12f %.12f\n", p.x, p.y, z.re, z.im);
    Box boxes[3] = {{{{0, 0}, {1, 1}}, "alpha", 1}, {{{-5, 2}, {5, 9}}, "beta", 2}, {{{1, 2}, {3, 4}}, "gamma", 0.1f}};
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < 3; i++) boxes[i] = grow(boxes[(i + round) % 3], round + i);
    for (int i = 0; i < 3; i++) printf("%s %d %.6f\n", boxes[i].name, area(&boxes[i]), (double)boxes[i].weight);
    Fields f = {.a = 9 & 7, .b = 100, .c = 1, .d = -7, .e = 0x1FFFFFFFFu};
    f.b += 50, f.d -= 12, f.e -= 3, f.a--;
    printf("%u %u %u %d %llu\n", f.a, f.b, f.c, f.d, (unsigned long long)f.e);
    Word word = {.f = -118.625f};
    printf("%08x %d %d %d %d\n", (unsigned)word.u, word.bytes[0], word.bytes[1], word.bytes[2], word.bytes[3]);
    Padded a = {1, 2, 3, 4.5, 250}, b = {-1, 1 << 30, -300, 0.25, 10};
    for (int i = 0; i < 4; i++) a = mix(i, a, i * 0.5, b);
    printf("%d %lld %d %.3f %d\n", a.a, (long long)a.b, a.c, a.d, a.e);
    Single s = {'a'};
    for (int i = 0; i < 5; i++) s = following(s);
    printf("%c %d\n", s.letter, (int)sizeof(Padded));
    return 0;
}
