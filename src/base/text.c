/* SPDX-License-Identifier: EUPL-1.2 */
/* Text: views, UTF-8, folding for comparison, edit distance. */
#include "base/base_int.h"

#include <stdio.h>
#include <string.h>

struct wijk_str wijk_str(const char *cstr)
{
    return (struct wijk_str){cstr ? cstr : "", cstr ? strlen(cstr) : 0};
}

bool wijk_str_eq(struct wijk_str a, struct wijk_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool wijk_str_starts(struct wijk_str s, const char *prefix)
{
    size_t n = strlen(prefix);
    return s.n >= n && memcmp(s.p, prefix, n) == 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct wijk_str wijk_str_trim(struct wijk_str s)
{
    while (s.n && is_blank(s.p[0])) s.p++, s.n--;
    while (s.n && is_blank(s.p[s.n - 1])) s.n--;
    return s;
}

char *wijk_str_dup(struct wijk_cx *cx, struct wijk_str s)
{
    char *p = wijk__alloc_raw(cx, s.n + 1);
    if (s.n) memcpy(p, s.p, s.n);
    p[s.n] = 0;
    return p;
}

char *wijk_sprintf(struct wijk_cx *cx, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    char *p = wijk__alloc_raw(cx, n < 0 ? 1 : (size_t)n + 1);
    p[0] = 0;
    if (n >= 0) vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return p;
}

/* ---- UTF-8 ---- */

/* Length of the sequence at p, 0 when it is not one (Unicode 15, table 3-7). */
static size_t sequence(const unsigned char *p, size_t n)
{
    if (p[0] < 0x80) return p[0] != 0;
    size_t want = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    if (p[0] < 0xc2 || p[0] > 0xf4 || n < want) return 0;
    unsigned char low = p[0] == 0xe0 ? 0xa0 : p[0] == 0xf0 ? 0x90 : 0x80;
    unsigned char high = p[0] == 0xed ? 0x9f : p[0] == 0xf4 ? 0x8f : 0xbf;
    if (p[1] < low || p[1] > high) return 0;
    for (size_t k = 2; k < want; k++)
        if ((p[k] & 0xc0) != 0x80) return 0;
    return want;
}

/* Eight ASCII bytes, none of them 0? The high bit of a byte of the answer is set where it is not so. */
static uint64_t odd_bytes(const unsigned char *p)
{
    uint64_t eight;
    memcpy(&eight, p, 8);
    return (eight | (eight - 0x0101010101010101u)) & 0x8080808080808080u;
}

bool wijk_utf8_valid(struct wijk_str s, size_t *bad_at)
{
    const unsigned char *p = (const unsigned char *)s.p;
    for (size_t i = 0; i < s.n;) {
        while (s.n - i >= 32 &&
               !(odd_bytes(p + i) | odd_bytes(p + i + 8) | odd_bytes(p + i + 16) | odd_bytes(p + i + 24)))
            i += 32;
        if (s.n - i >= 8 && !odd_bytes(p + i)) {
            i += 8;
            continue;
        }
        if (i == s.n) break;
        size_t k = sequence(p + i, s.n - i);
        if (!k) {
            if (bad_at) *bad_at = i;
            return false;
        }
        i += k;
    }
    return true;
}

static size_t put_code_point(char *to, uint32_t c)
{
    if (c < 0x80) return to[0] = (char)c, 1;
    if (c < 0x800) return to[0] = (char)(0xc0 | c >> 6), to[1] = (char)(0x80 | (c & 63)), 2;
    to[0] = (char)(0xe0 | c >> 12);
    to[1] = (char)(0x80 | (c >> 6 & 63));
    to[2] = (char)(0x80 | (c & 63));
    return 3;
}

struct wijk_str wijk_utf8_from_cp1252(struct wijk_cx *cx, struct wijk_str s)
{
    static const uint16_t UPPER[32] = {0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                       0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,   0x017d, 0x8f,
                                       0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                       0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178};
    char *to = wijk__alloc_raw(cx, s.n * 3 + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        n += put_code_point(to + n, c >= 0x80 && c < 0xa0 ? UPPER[c - 0x80] : c);
    }
    to[n] = 0;
    return (struct wijk_str){to, n};
}

/* The plain letter of U+00C0..U+017F, 0 for other signs. */
static char plain_letter(uint32_t c)
{
    static const char LATIN1[] = "aaaaaaaceeeeiiiidnooooo\0ouuuuytsaaaaaaaceeeeiiiidnooooo\0ouuuuyty";
    static const char LATIN_A[] = "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllllllln"
                                  "nnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
    if (c >= 0xc0 && c < 0x100) return LATIN1[c - 0xc0];
    if (c >= 0x100 && c < 0x180) return LATIN_A[c - 0x100];
    return 0;
}

/* Signs of two bytes that are more than one plain letter: the Dutch ligatures IJ and ij, and the accents that
 * stand loose behind their letter (U+0300..U+036F), which fall away. */
static bool fold_pair(uint32_t c, char *to, size_t *n)
{
    if (c >= 0x300 && c < 0x370) return true;
    if (c != 0x132 && c != 0x133) return false;
    to[(*n)++] = 'i';
    to[(*n)++] = 'j';
    return true;
}

struct wijk_str wijk_str_fold(struct wijk_cx *cx, struct wijk_str s)
{
    char *to = wijk__alloc_raw(cx, s.n + 1);
    size_t n = 0;
    const unsigned char *p = (const unsigned char *)s.p;
    for (size_t i = 0, k; i < s.n; i += k ? k : 1) {
        k = sequence(p + i, s.n - i);
        uint32_t pair = k == 2 ? (uint32_t)(p[i] & 31) << 6 | (p[i + 1] & 63) : 0;
        char c = 0;
        if (fold_pair(pair, to, &n)) continue;
        if (k == 1) c = (char)p[i];
        if (k == 2) c = plain_letter(pair);
        if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
        bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (word)
            to[n++] = c;
        else if (n && to[n - 1] != ' ')
            to[n++] = ' ';
    }
    while (n && to[n - 1] == ' ') n--;
    to[n] = 0;
    return (struct wijk_str){to, n};
}

/* How many bytes the steering sign at p takes; 0 when it is none. C1 controls are two bytes (U+0080 to
 * U+009F), direction marks three (U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069). */
static size_t steering(const unsigned char *p, size_t n)
{
    if (p[0] < 0x20 || p[0] == 0x7f) return 1;
    if (n > 1 && p[0] == 0xc2 && p[1] < 0xa0) return 2;
    if (n < 3 || p[0] != 0xe2) return 0;
    bool turns = (p[1] == 0x80 && (p[2] == 0x8e || p[2] == 0x8f || (p[2] >= 0xaa && p[2] <= 0xae))) ||
                 (p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9);
    return turns ? 3 : 0;
}

struct wijk_str wijk_str_plain(struct wijk_cx *cx, struct wijk_str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t first = 0, n;
    while (first < s.n && !steering(p + first, s.n - first)) first++;
    if (first == s.n) return s;
    char *to = wijk_str_dup(cx, s);
    n = first;
    for (size_t i = first, k; i < s.n; i += k ? k : 1) {
        k = steering(p + i, s.n - i);
        to[n++] = k ? '?' : s.p[i];
    }
    to[n] = 0;
    return (struct wijk_str){to, n};
}

size_t wijk_str_distance(struct wijk_str a, struct wijk_str b)
{
    enum { MOST = 255 };
    if (a.n > MOST || b.n > MOST) return SIZE_MAX;
    size_t row[3][MOST + 1]; /* two rows back for swapped neighbours (Damerau 1964) */
    for (size_t j = 0; j <= b.n; j++) row[0][j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t *now = row[i % 3], *up = row[(i + 2) % 3], *two_up = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t best = up[j - 1] + (a.p[i - 1] != b.p[j - 1]);
            if (up[j] + 1 < best) best = up[j] + 1;
            if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1] &&
                two_up[j - 2] + 1 < best)
                best = two_up[j - 2] + 1;
            now[j] = best;
        }
    }
    return row[a.n % 3][b.n];
}
