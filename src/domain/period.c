/* SPDX-License-Identifier: EUPL-1.2 */
/* A year or a month, in our form ("2017", "2024-05") and in StatLine's (2024JJ00, 2025MM04). */
#include "domain/domain.h"

enum { YEAR_FIRST = 1800, YEAR_LAST = 2199 };

int32_t wijk_period_key(struct wijk_period p)
{
    return (int32_t)p.year * 100 + p.month;
}

struct wijk_period wijk_period_of_key(int32_t key)
{
    return (struct wijk_period){.year = (int16_t)(key / 100), .month = (int8_t)(key % 100)};
}

static bool digits(const char *p, size_t n, int *out)
{
    int v = 0;
    for (size_t i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9') return false;
        v = v * 10 + (p[i] - '0');
    }
    *out = v;
    return true;
}

bool wijk_period_parse(struct wijk_str text, struct wijk_period *out)
{
    struct wijk_str s = wijk_str_trim(text);
    int year, month = 0;
    if (s.n < 4 || !digits(s.p, 4, &year) || year < YEAR_FIRST || year > YEAR_LAST) return false;
    bool statline = s.n == 8 && digits(s.p + 6, 2, &month);
    bool is_year = s.n == 4 || (statline && s.p[4] == 'J' && s.p[5] == 'J' && month == 0);
    bool is_month = (s.n == 7 && s.p[4] == '-' && digits(s.p + 5, 2, &month)) ||
                    (statline && s.p[4] == 'M' && s.p[5] == 'M');
    if (!is_year && !(is_month && month >= 1 && month <= 12)) return false;
    *out = (struct wijk_period){.year = (int16_t)year, .month = (int8_t)month};
    return true;
}

static char *put_digits(char *to, unsigned v, int n)
{
    for (int i = n - 1; i >= 0; i--, v /= 10) to[i] = (char)('0' + v % 10);
    return to + n;
}

void wijk_period_write(struct wijk_period p, char out[16])
{
    char *end = put_digits(out, (unsigned)p.year, 4);
    if (p.month) {
        *end = '-';
        end = put_digits(end + 1, (unsigned)p.month, 2);
    }
    *end = 0;
}

size_t wijk_period_find(const struct wijk_period *v, size_t n, struct wijk_period p)
{
    size_t i = 0;
    while (i < n && wijk_period_key(v[i]) != wijk_period_key(p)) i++;
    return i;
}
