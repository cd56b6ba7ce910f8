/* Big numbers: digits of pi by Machin's formula on 32-bit limbs, and 64-bit modular arithmetic (Miller-Rabin). */
#include "bench.h"

/* Fixed point numbers: limb 0 is the whole part, the others are 32 bits of the fraction each. */
enum { limbs = 2048 };

/* number /= divisor; says whether anything but zero is left. */
static int divide(uint32_t *number, int count, uint32_t divisor) {
    uint64_t rest = 0;
    uint32_t any = 0;
    for (int i = 0; i < count; i++) {
        rest = rest << 32 | number[i];
        number[i] = (uint32_t)(rest / divisor);
        rest %= divisor;
        any |= number[i];
    }
    return any != 0;
}

static void accumulate(uint32_t *sum, const uint32_t *number, int count, int negative) {
    int64_t carry = 0;
    for (int i = count - 1; i >= 0; i--) {
        carry += negative ? (int64_t)sum[i] - number[i] : (int64_t)sum[i] + number[i];
        sum[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

/* sum += factor * arctan(1 / x), or -= */
static void arctangent(uint32_t *sum, int count, uint32_t factor, uint32_t x, int negative) {
    static uint32_t power[limbs], term[limbs];
    memset(power, 0, sizeof power);
    power[0] = factor;
    divide(power, count, x);
    for (uint32_t k = 1;; k += 2, negative = !negative) {
        memcpy(term, power, sizeof *term * (size_t)count);
        divide(term, count, k);
        accumulate(sum, term, count, negative);
        if (!divide(power, count, x * x)) break;
    }
}

static void digitsOfPi(int wanted) {
    static uint32_t pi[limbs];
    int count = wanted * 107 / 1024 + 4;
    arctangent(pi, count, 16, 5, 0);
    arctangent(pi, count, 4, 239, 1);
    uint32_t hash = 2166136261u;
    for (int made = 0; made < wanted; made += 9) {
        if (made < 27) printf(made ? "%09u" : "%u.", (unsigned)pi[0]);
        hash = benchHash(hash, pi, sizeof *pi);
        pi[0] = 0;
        uint64_t carry = 0;
        for (int i = count - 1; i >= 0; i--) {
            carry += (uint64_t)pi[i] * 1000000000u;
            pi[i] = (uint32_t)carry;
            carry >>= 32;
        }
    }
    printf(" %08x\n", (unsigned)hash);
}

/* a * b mod m: a 128-bit product and a division bit by bit. */
static uint64_t product(uint64_t a, uint64_t b, uint64_t m) {
    unsigned __int128 wide = (unsigned __int128)a * b;
    uint64_t high = (uint64_t)(wide >> 64) % m, low = (uint64_t)wide;
    for (int i = 0; i < 64; i++) {
        uint64_t carry = high >> 63;
        high = high << 1 | low >> 63;
        low <<= 1;
        if (carry || high >= m) high -= m;
    }
    return high;
}

static uint64_t power(uint64_t a, uint64_t e, uint64_t m) {
    uint64_t result = 1;
    for (; e; e >>= 1, a = product(a, a, m))
        if (e & 1) result = product(result, a, m);
    return result;
}

static int isPrime(uint64_t n) {
    static const uint64_t bases[] = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};
    for (int i = 0; i < 12; i++)
        if (n % bases[i] == 0) return n == bases[i];
    uint64_t d = n - 1;
    int s = __builtin_ctzll(d);
    d >>= s;
    for (int i = 0; i < 12; i++) {
        uint64_t x = power(bases[i], d, n);
        if (x == 1 || x == n - 1) continue;
        int r = 1;
        for (; r < s && x != n - 1; r++) x = product(x, x, n);
        if (x != n - 1) return 0;
    }
    return 1;
}

int main(int argc, char **argv) {
    int scale = benchSize(argc, argv, 10);
    digitsOfPi(scale * 1500);
    uint64_t first = 0;
    int primes = 0;
    for (uint64_t n = 18446744073709551557u - 2u * 1500u * (uint64_t)scale; n < 18446744073709551557u; n += 2)
        if (isPrime(n)) primes++, first = first ? first : n;
    printf("%d %llu\n", primes, (unsigned long long)first);
    return 0;
}
