/* SPDX-License-Identifier: EUPL-1.2 */
/* Numbers in order by their digits, the lowest digit first (Knuth, TAOCP 3, 5.2.5): no comparisons, so that
 * no branch has to be guessed, and equal keys stay as they stood. */
#include "stats/stats_int.h"

enum { DIGIT_BITS = 8, DIGITS = 1 << DIGIT_BITS, DIGITS_OF_KEY = 64 / DIGIT_BITS };

/* The bits of a double grow with it, but for the sign: those below 0 are turned round. */
uint64_t wijk__key_of(double v)
{
    uint64_t key;
    v += 0.0; /* -0 is 0 */
    memcpy(&key, &v, sizeof key);
    return key >> 63 ? ~key : key | UINT64_C(1) << 63;
}

void wijk__keyed_sort(struct wijk__keyed *v, struct wijk__keyed *room, size_t n)
{
    size_t count[DIGITS_OF_KEY][DIGITS] = {{0}};
    struct wijk__keyed *from = v, *to = room;
    for (size_t i = 0; i < n; i++)
        for (size_t d = 0; d < DIGITS_OF_KEY; d++) count[d][v[i].key >> (d * DIGIT_BITS) & (DIGITS - 1)]++;
    for (size_t d = 0; n && d < DIGITS_OF_KEY; d++) {
        const size_t shift = d * DIGIT_BITS;
        size_t *place = count[d], before = 0;
        if (place[from[0].key >> shift & (DIGITS - 1)] == n) continue; /* all have this digit */
        for (size_t k = 0; k < DIGITS; k++) {
            const size_t some = place[k];
            place[k] = before;
            before += some;
        }
        for (size_t i = 0; i < n; i++) to[place[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
        struct wijk__keyed *swap = from;
        from = to;
        to = swap;
    }
    if (from != v) memcpy(v, from, n * sizeof *v);
}

double wijk__of_key(uint64_t key)
{
    double v;
    key = key >> 63 ? key & ~(UINT64_C(1) << 63) : ~key;
    memcpy(&v, &key, sizeof v);
    return v;
}

void wijk_sort(struct wijk_cx *cx, double *v, size_t n)
{
    const struct wijk_mark mark = wijk_cx_mark(cx);
    struct wijk__keyed *t = WIJK_NEW(cx, struct wijk__keyed, n), *room = WIJK_NEW(cx, struct wijk__keyed, n);
    for (size_t i = 0; i < n; i++) t[i].key = wijk__key_of(v[i]);
    wijk__keyed_sort(t, room, n);
    for (size_t i = 0; i < n; i++) v[i] = wijk__of_key(t[i].key);
    wijk_cx_rewind(cx, mark);
}
