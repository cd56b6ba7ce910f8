/* Clocks, sleeping and random bytes: only what holds on every run is printed. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static long long now(clockid_t clock) {
    struct timespec time;
    if (clock_gettime(clock, &time)) return -1;
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

int main(void) {
    int steady = 1;
    long long last = now(CLOCK_MONOTONIC);
    for (int i = 0; i < 1000; i++) {
        long long t = now(CLOCK_MONOTONIC);
        steady &= t >= last && t >= 0;
        last = t;
    }
    printf("monotonic %d\n", steady);
    printf("after 2020 %d\n", now(CLOCK_REALTIME) > 1577836800LL * 1000000000);
    printf("time agrees %d\n", llabs(time(0) - now(CLOCK_REALTIME) / 1000000000) <= 1);
    struct timespec wanted = {0, 30000000}, resolution;
    long long before = now(CLOCK_MONOTONIC);
    int slept = nanosleep(&wanted, 0);
    long long passed = now(CLOCK_MONOTONIC) - before;
    printf("slept %d %d %d\n", slept, passed >= 29000000, passed < 5000000000LL);
    printf("resolution %d\n", clock_getres(CLOCK_MONOTONIC, &resolution) == 0 && resolution.tv_nsec < 1000000000);
    unsigned char bytes[64] = {0}, more[64] = {0};
    printf("random %d %d\n", getentropy(bytes, sizeof bytes), getentropy(more, sizeof more));
    int differ = 0, set = 0;
    for (int i = 0; i < 64; i++) differ += bytes[i] != more[i], set += bytes[i] != 0;
    printf("unlike %d %d\n", differ > 32, set > 32);
    struct tm when;
    time_t moment = 951782400; /* 29 February 2000 */
    char text[64];
    gmtime_r(&moment, &when);
    strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S %a %j", &when);
    puts(text);
    return 0;
}
