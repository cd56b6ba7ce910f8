/* A small ray tracer: spheres, shadows, reflections, structs by value, single precision. */
#include "bench.h"
#include <math.h>

typedef struct { float x, y, z; } Vector;
typedef struct { Vector center; float radius, reflection; Vector color; } Sphere;

static Vector add(Vector a, Vector b) { return (Vector){a.x + b.x, a.y + b.y, a.z + b.z}; }
static Vector scale(Vector a, float s) { return (Vector){a.x * s, a.y * s, a.z * s}; }
static Vector subtract(Vector a, Vector b) { return (Vector){a.x - b.x, a.y - b.y, a.z - b.z}; }
static float dot(Vector a, Vector b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
static Vector unit(Vector a) { return scale(a, 1.0f / sqrtf(dot(a, a))); }

enum { spheres = 24 };
static Sphere scene[spheres];

static int hit(Vector origin, Vector direction, float *distance) {
    int found = -1;
    for (int i = 0; i < spheres; i++) {
        Vector offset = subtract(origin, scene[i].center);
        float b = dot(offset, direction), c = dot(offset, offset) - scene[i].radius * scene[i].radius;
        float d = b * b - c;
        if (d < 0) continue;
        float root = sqrtf(d), t = -b - root;
        if (t < 0.001f) t = -b + root;
        if (t > 0.001f && t < *distance) *distance = t, found = i;
    }
    return found;
}

static Vector trace(Vector origin, Vector direction, int depth) {
    float distance = 1e9f;
    int index = hit(origin, direction, &distance);
    if (index < 0) return scale((Vector){0.4f, 0.6f, 1.0f}, 0.5f + 0.5f * direction.y);
    const Sphere *sphere = &scene[index];
    Vector point = add(origin, scale(direction, distance));
    Vector normal = scale(subtract(point, sphere->center), 1.0f / sphere->radius);
    Vector light = unit((Vector){1, 2, -1.5f});
    float brightness = 0.1f, shadow = 1e9f, facing = dot(normal, light);
    if (facing > 0 && hit(point, light, &shadow) < 0) brightness += 0.9f * facing;
    Vector color = scale(sphere->color, brightness);
    if (depth < 4 && sphere->reflection > 0) {
        Vector reflected = subtract(direction, scale(normal, 2 * dot(direction, normal)));
        color = add(scale(color, 1 - sphere->reflection), scale(trace(point, reflected, depth + 1), sphere->reflection));
    }
    return color;
}

int main(int argc, char **argv) {
    int side = benchSize(argc, argv, 3000);
    for (int i = 0; i < spheres; i++) {
        scene[i].center = (Vector){(float)benchUnit() * 8 - 4, (float)benchUnit() * 6 - 3, (float)benchUnit() * 6 + 4};
        scene[i].radius = 0.3f + (float)benchUnit() * 0.6f;
        scene[i].reflection = i % 3 ? 0.4f : 0.0f;
        scene[i].color = (Vector){(float)benchUnit(), (float)benchUnit(), (float)benchUnit()};
    }
    uint32_t hash = 2166136261u;
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            Vector direction = unit((Vector){(x - side / 2) / (float)side, (side / 2 - y) / (float)side, 0.8f});
            Vector color = trace((Vector){0, 0, -2}, direction, 0);
            unsigned char rgb[3] = {(unsigned char)(fminf(color.x, 1) * 255), (unsigned char)(fminf(color.y, 1) * 255),
                                    (unsigned char)(fminf(color.z, 1) * 255)};
            hash = benchHash(hash, rgb, 3);
        }
    printf("%08x\n", (unsigned)hash);
    return 0;
}
