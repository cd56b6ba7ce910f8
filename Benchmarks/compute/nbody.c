/* N-body: double precision, a division and a square root per pair of planets. */
#include "bench.h"
#include <math.h>

typedef struct { double position[3], velocity[3], mass; } Body;

enum { bodies = 5 };
static Body body[bodies];

static double energy(void) {
    double e = 0;
    for (int i = 0; i < bodies; i++) {
        double *v = body[i].velocity;
        e += 0.5 * body[i].mass * (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        for (int j = i + 1; j < bodies; j++) {
            double d = 0;
            for (int k = 0; k < 3; k++) {
                double delta = body[i].position[k] - body[j].position[k];
                d += delta * delta;
            }
            e -= body[i].mass * body[j].mass / sqrt(d);
        }
    }
    return e;
}

static void advance(double dt) {
    for (int i = 0; i < bodies; i++) {
        Body *a = &body[i];
        for (int j = i + 1; j < bodies; j++) {
            Body *b = &body[j];
            double dx = a->position[0] - b->position[0], dy = a->position[1] - b->position[1];
            double dz = a->position[2] - b->position[2];
            double d2 = dx * dx + dy * dy + dz * dz;
            double magnitude = dt / (d2 * sqrt(d2));
            double ma = a->mass * magnitude, mb = b->mass * magnitude;
            a->velocity[0] -= dx * mb, a->velocity[1] -= dy * mb, a->velocity[2] -= dz * mb;
            b->velocity[0] += dx * ma, b->velocity[1] += dy * ma, b->velocity[2] += dz * ma;
        }
    }
    for (int i = 0; i < bodies; i++)
        for (int k = 0; k < 3; k++) body[i].position[k] += dt * body[i].velocity[k];
}

int main(int argc, char **argv) {
    int steps = benchSize(argc, argv, 15000000);
    for (int i = 0; i < bodies; i++) {
        for (int k = 0; k < 3; k++) {
            body[i].position[k] = i == 0 ? 0 : (benchUnit() - 0.5) * 20 * i;
            body[i].velocity[k] = i == 0 ? 0 : (benchUnit() - 0.5) * 3;
        }
        body[i].mass = i == 0 ? 39.47841760435743 : 0.01 + benchUnit() * 0.04;
    }
    printf("%.9f\n", energy());
    for (int i = 0; i < steps; i++) advance(0.001);
    printf("%.9f\n", energy());
    return 0;
}
