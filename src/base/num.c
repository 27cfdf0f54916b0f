/* SPDX-License-Identifier: EUPL-1.2 */
/* Numbers: the whole field or nothing, whatever the locale of the machine. */
#include "base/base_int.h"

#include <assert.h>
#include <errno.h>
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS_MOST = 400, EXACT_POWERS = 23 };
static const double POWER[EXACT_POWERS] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                           1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                           1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static locale_t c_locale;
static void make_locale(void)
{
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

/* What the reader saw: digits without signs, and where the point stood. */
struct scan {
    bool minus, any;
    uint64_t mantissa; /* the first 19 digits */
    int digits;        /* significant ones in mantissa */
    int exponent;      /* of ten, to be applied to mantissa */
    bool cut;          /* digits fell off the mantissa */
    size_t n;
    char plain[DIGITS_MOST]; /* the number in C form, for the slow road */
};

static bool scan_digit(struct scan *s, char c, bool behind_point)
{
    if (s->n + 2 >= DIGITS_MOST) return false;
    s->plain[s->n++] = c;
    s->any = true;
    if (s->digits < 19) {
        s->mantissa = s->mantissa * 10 + (uint64_t)(c - '0');
        if (s->mantissa) s->digits++;
        if (behind_point) s->exponent--;
    } else {
        s->cut = true;
        if (!behind_point) s->exponent++;
    }
    return true;
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* 1.204.000: a first group of one to three and groups of three. Gives the length, 0 when it is not so. */
static size_t thousands(struct wijk_str s)
{
    size_t i = 0, groups = 0;
    while (i < s.n && i < 4 && digit(s.p[i])) i++;
    if (i == 0 || i > 3) return 0;
    while (i + 3 < s.n && s.p[i] == '.' && digit(s.p[i + 1]) && digit(s.p[i + 2]) && digit(s.p[i + 3]))
        i += 4, groups++;
    return groups && (i == s.n || (!digit(s.p[i]) && s.p[i] != '.')) ? i : 0;
}

static bool scan_exponent(struct scan *s, struct wijk_str t)
{
    bool minus = t.n && t.p[0] == '-';
    if (t.n && (t.p[0] == '-' || t.p[0] == '+')) t.p++, t.n--;
    if (!t.n || t.n > 5) return false;
    int e = 0;
    for (size_t i = 0; i < t.n; i++) {
        if (!digit(t.p[i])) return false;
        e = e * 10 + (t.p[i] - '0');
    }
    s->exponent += minus ? -e : e;
    s->n += (size_t)snprintf(s->plain + s->n, sizeof s->plain - s->n, "e%d", minus ? -e : e);
    return s->n < sizeof s->plain;
}

static bool scan_number(struct wijk_str t, enum wijk_num_style style, struct scan *s)
{
    size_t i = 0, grouped = 0;
    if (t.n && (t.p[0] == '-' || t.p[0] == '+')) {
        s->minus = t.p[0] == '-';
        t.p++, t.n--;
    }
    if (style == WIJK_NUM_COMMA) grouped = thousands(t);
    for (; i < t.n && (digit(t.p[i]) || i < grouped); i++)
        if (digit(t.p[i]) && !scan_digit(s, t.p[i], false)) return false;
    bool point =
        i < t.n && ((t.p[i] == '.' && style != WIJK_NUM_COMMA) || (t.p[i] == ',' && style != WIJK_NUM_POINT));
    if (point) {
        s->plain[s->n++] = '.';
        for (i++; i < t.n && digit(t.p[i]); i++)
            if (!scan_digit(s, t.p[i], true)) return false;
    }
    if (!s->any) return false;
    if (i < t.n && (t.p[i] == 'e' || t.p[i] == 'E'))
        return scan_exponent(s, (struct wijk_str){t.p + i + 1, t.n - i - 1});
    return i == t.n;
}

/* Nearly every number of a table: at most 15 digits, perhaps a minus and a decimal sign. Both parts are exact
 * doubles, so the quotient is rounded once (Clinger 1990). false: look at it the long way. */
static bool parse_short(struct wijk_str t, enum wijk_num_style style, double *out)
{
    const bool minus = t.n && t.p[0] == '-';
    const char *p = t.p + minus, *end = t.p + t.n, *point = NULL;
    uint64_t mantissa = 0;
    if (t.n > 16 || end - p < 1 || !digit(*p)) return false;
    for (; p < end; p++) {
        const unsigned d = (unsigned)(unsigned char)*p - '0';
        if (d <= 9)
            mantissa = mantissa * 10 + d;
        else if (!point && ((*p == '.' && style != WIJK_NUM_COMMA) || (*p == ',' && style != WIJK_NUM_POINT)))
            point = p;
        else
            return false;
    }
    if (mantissa >= (uint64_t)1 << 53) return false;
    double v = (double)mantissa;
    if (point) v /= POWER[end - point - 1];
    *out = minus ? -v : v;
    return true;
}

bool wijk_num_parse(struct wijk_str text, enum wijk_num_style style, double *out)
{
    struct scan s;
    text = wijk_str_trim(text);
    if (parse_short(text, style, out)) return true;
    s.minus = s.any = s.cut = false;
    s.mantissa = 0;
    s.digits = s.exponent = 0;
    s.n = 0;
    if (!scan_number(text, style, &s)) return false;
    double v;
    if (!s.cut && s.mantissa < (uint64_t)1 << 53 && s.exponent > -EXACT_POWERS && s.exponent < EXACT_POWERS) {
        v = (double)s.mantissa; /* both exact, so one rounding (Clinger 1990) */
        v = s.exponent < 0 ? v / POWER[-s.exponent] : v * POWER[s.exponent];
    } else {
        static pthread_once_t once = PTHREAD_ONCE_INIT;
        pthread_once(&once, make_locale);
        s.plain[s.n] = 0;
        v = strtod_l(s.plain, NULL, c_locale);
    }
    if (!isfinite(v)) return false;
    *out = s.minus ? -v : v;
    return true;
}

bool wijk_int_parse(struct wijk_str s, int64_t min, int64_t max, int64_t *out)
{
    s = wijk_str_trim(s);
    bool minus = s.n && s.p[0] == '-';
    if (s.n && (s.p[0] == '-' || s.p[0] == '+')) s.p++, s.n--;
    if (!s.n) return false;
    int64_t v = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!digit(s.p[i]) || __builtin_mul_overflow(v, (int64_t)10, &v)) return false;
        if (__builtin_sub_overflow(v, (int64_t)(s.p[i] - '0'), &v))
            return false; /* downwards, so INT64_MIN fits */
    }
    if (!minus && v == INT64_MIN) return false;
    v = minus ? v : -v;
    if (v < min || v > max) return false;
    *out = v;
    return true;
}

size_t wijk__whole_write(int64_t v, char *out)
{
    char digits[24];
    size_t n = 0, d = 0;
    uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;
    if (v < 0) out[n++] = '-';
    do digits[d++] = (char)('0' + u % 10), u /= 10;
    while (u);
    while (d) out[n++] = digits[--d];
    out[n] = 0;
    return n;
}

/* Nearly every number of a table has at most six decimals. k / 10^6 is correctly rounded, so when it is the
 * number, its digits read back to it, and no shorter ones do. 0: another number. */
static size_t write_millionths(double v, char *out)
{
    if (!(fabs(v) >= 1e-4 && fabs(v) < 1e9)) return 0; /* smaller ones are written with a power of ten */
    const int64_t k = llrint(v * 1e6);
    if ((double)k / 1e6 != v) return 0;
    size_t n = 0;
    uint64_t u = k < 0 ? -(uint64_t)k : (uint64_t)k, part = u % 1000000;
    if (k < 0) out[n++] = '-';
    n += wijk__whole_write((int64_t)(u / 1000000), out + n);
    if (part) out[n++] = '.';
    for (uint64_t ten = 100000; part; ten /= 10) {
        out[n++] = (char)('0' + part / ten);
        part %= ten;
    }
    out[n] = 0;
    return n;
}

size_t wijk_num_write(double v, char *out)
{
    out[0] = 0;
    if (!isfinite(v)) return 0;
    if (fabs(v) < 1e15 && v == (double)(int64_t)v) return wijk__whole_write((int64_t)v, out);
    size_t n = write_millionths(v, out);
    for (int digits = 15; digits <= 17 && !n; digits++) {
        double back;
        const size_t len = (size_t)snprintf(out, 32, "%.*g", digits, v);
        char *comma =
            memchr(out, ',', len); /* a locale's decimal sign, should the host program have set one */
        if (comma) *comma = '.';
        const bool same = wijk_num_parse((struct wijk_str){out, len}, WIJK_NUM_POINT, &back) && back == v;
        if (same || digits == 17) n = len;
    }
    return n;
}

const char *wijk_num_people(struct wijk_cx *cx, double v, int decimals)
{
    assert(decimals >= 0 && decimals <= 9);
    if (!isfinite(v)) return "";
    bool nl = wijk_cx_lang(cx) == WIJK_NL;
    char plain[350];
    int n = snprintf(plain, sizeof plain, "%.*f", decimals, fabs(v));
    bool zero = strspn(plain, "0.,") == (size_t)n, minus = v < 0 && !zero;
    size_t whole = (size_t)n - (decimals ? (size_t)decimals + 1 : 0);
    struct wijk_buf b = wijk_buf(cx, 0);
    if (minus) wijk_buf_str(&b, "\u2212");
    for (size_t i = 0; i < whole; i++) {
        if (i && (whole - i) % 3 == 0) wijk_buf_char(&b, nl ? '.' : ',');
        wijk_buf_char(&b, plain[i]);
    }
    if (decimals) {
        wijk_buf_char(&b, nl ? ',' : '.');
        wijk_buf_put(&b, plain + whole + 1, (size_t)decimals);
    }
    return wijk_buf_cstr(&b);
}
