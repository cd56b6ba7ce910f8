/* Two interpreters: one of a tape machine with eight instructions, one of arithmetic expressions by recursive descent. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void tape(const char *program) {
    static unsigned char cells[3000];
    static int targets[1000], stack[100];
    int depth = 0, length = (int)strlen(program);
    memset(cells, 0, sizeof cells);
    for (int i = 0; i < length; i++) {
        if (program[i] == '[') stack[depth++] = i;
        if (program[i] == ']') targets[i] = stack[--depth], targets[targets[i]] = i;
    }
    for (int pc = 0, at = 0; pc < length; pc++) switch (program[pc]) {
            case '>': at++; break;
            case '<': at--; break;
            case '+': cells[at]++; break;
            case '-': cells[at]--; break;
            case '.': putchar(cells[at]); break;
            case '[': if (!cells[at]) pc = targets[pc]; break;
            case ']': if (cells[at]) pc = targets[pc]; break;
        }
}

static const char *p;
static double variables[26];
static double expression(void);

static double primary(void) {
    while (*p == ' ') p++;
    if (*p == '(') {
        p++;
        double value = expression();
        p++;
        return value;
    }
    if (*p == '-') return p++, -primary();
    if (isalpha((unsigned char)*p)) {
        if (!strncmp(p, "sqrt", 4)) return p += 4, sqrt(primary());
        return variables[*p++ - 'a'];
    }
    return strtod(p, (char **)&p);
}

static double term(void) {
    double value = primary();
    for (;;) {
        while (*p == ' ') p++;
        if (*p == '*') p++, value *= primary();
        else if (*p == '/') p++, value /= primary();
        else return value;
    }
}

static double expression(void) {
    double value = term();
    for (;;) {
        while (*p == ' ') p++;
        if (*p == '+') p++, value += term();
        else if (*p == '-') p++, value -= term();
        else return value;
    }
}

int main(void) {
    tape("++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.>++.");
    tape("++++[>+++++<-]>[<+++++>-]+<+[>[>+>+<<-]++>>[<<+>>-]>>>[-]++>[-]+>>>+[[-]++++++>>>]<<<[[<++++++++<++>>-]+<.<[>----<-]<]<<[>>>>>[>>>[-]+++++++++<[>-<-]+++++++++>[-[<->-]+[<<<]]<[>+<-]>]<<-]<<-]");
    const char *sources[] = {"a=1+2*3", "b=(a+1)*(a-1)/4", "c=sqrt(b*b+a*a)", "d=-c*-2.5e1", "e=1/0", "f=d/a-b*((((c))))", "g=e-e"};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        p = sources[i] + 2;
        double value = variables[sources[i][0] - 'a'] = expression();
        printf("%c = %.12g\n", sources[i][0], value != value ? 0 : value);
    }
    return 0;
}
