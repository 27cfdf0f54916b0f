/* SPDX-License-Identifier: EUPL-1.2 */
/* Column names as sources spell them, and the shape of a definition that a file's columns fit. */
#include "import/mapping.h"

#include <string.h>

/* ---- one name ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int digits(const char *p, size_t n)
{
    int v = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_digit(p[i])) return -1;
        v = v * 10 + (p[i] - '0');
    }
    return v;
}

/* Signs that say nothing. The point and the slash part the levels of a name and stay; so do bytes of letters
 * outside ASCII. */
static bool is_filler(char c)
{
    return (unsigned char)c < 128 && !is_digit(c) && !(lower(c) >= 'a' && lower(c) <= 'z') && c != '.' &&
           c != '/' && c != '@' && c != '{';
}

/* How many digits of a year the pattern wants here. */
static size_t year_digits(const char *p)
{
    return strncmp(p, "{yyyy}", 6) == 0 ? 4 : strncmp(p, "{yy}", 4) == 0 ? 2 : 0;
}

/* What is left of a name is the number that OData puts behind it: _5, _131. */
static bool is_running_number(const char *p, size_t n)
{
    return n >= 2 && n <= 4 && p[0] == '_' && digits(p + 1, n - 1) >= 0;
}

/* How far into `text` the pattern reaches from its start; SIZE_MAX when it does not fit. */
static size_t reach(const char *pattern, struct wijk_str text, bool loose, int *year)
{
    size_t at = 0;
    *year = 0;
    for (const char *p = pattern; *p;) {
        size_t n = year_digits(p);
        if (loose && !n && is_filler(*p)) {
            p++;
            continue;
        }
        while (loose && at < text.n && is_filler(text.p[at])) at++;
        if (n) {
            int v = text.n - at < n ? -1 : digits(text.p + at, n);
            if (v < 0) return SIZE_MAX;
            *year = n == 4 ? v : v >= 90 ? 1900 + v : 2000 + v;
            at += n;
            p += n + 2;
        } else {
            if (at == text.n || lower(text.p[at]) != lower(*p)) return SIZE_MAX;
            at++;
            p++;
        }
    }
    return at;
}

bool wijk__pattern_fits(const char *pattern, struct wijk_str column, int *year)
{
    return reach(pattern, column, false, year) == column.n;
}

bool wijk__pattern_resembles(const char *pattern, struct wijk_str column, int *year)
{
    size_t at = reach(pattern, column, true, year);
    if (at == SIZE_MAX || at == 0) return false;
    if (is_running_number(column.p + at, column.n - at)) return true;
    while (at < column.n && is_filler(column.p[at])) at++;
    return at == column.n;
}

int wijk__pattern_year_in(const char *pattern, struct wijk_str text)
{
    int year;
    for (size_t i = 0; i < text.n; i++) {
        struct wijk_str rest = {text.p + i, text.n - i};
        if (reach(pattern, rest, false, &year) == SIZE_MAX) continue;
        if (year >= WIJK__YEAR_MIN && year <= WIJK__YEAR_MAX) return year;
    }
    return 0;
}

/* ---- the shape that fits ---- */

static bool has(const struct wijk__rows *rows, const char *pattern)
{
    int year;
    for (size_t i = 0; i < rows->n_column; i++)
        if (wijk__pattern_fits(pattern, rows->column[i], &year) ||
            wijk__pattern_resembles(pattern, rows->column[i], &year))
            return true;
    return false;
}

struct lack {
    size_t need, n;
    const char *first, *last;
    struct wijk_buf names;
};

static void want(const struct wijk__rows *rows, const struct wijk__spell *spell, struct lack *l)
{
    if (!spell->n) return;
    l->need++;
    for (size_t i = 0; i < spell->n; i++)
        if (has(rows, spell->v[i])) return;
    if (strcmp(spell->v[0], l->last) == 0) return; /* one column may serve twice: residents */
    l->last = spell->v[0];
    if (l->n == 0) l->first = spell->v[0];
    if (l->n < 8) {
        if (l->n) wijk_buf_str(&l->names, ", ");
        wijk_buf_str(&l->names, spell->v[0]);
    } else if (l->n == 8) {
        wijk_buf_str(&l->names, ", …");
    }
    l->n++;
}

static struct lack lacks(struct wijk_cx *cx, const struct wijk__map_file *f, const struct wijk__rows *rows)
{
    struct lack l = {.last = "", .names = wijk_buf(cx, 0)};
    if (f->key_joined)
        for (size_t i = 0; i < f->key.n; i++) want(rows, &(struct wijk__spell){1, &f->key.v[i]}, &l);
    else
        want(rows, &f->key, &l);
    want(rows, &f->name_column, &l);
    want(rows, &f->parent, &l);
    want(rows, &f->residents, &l);
    want(rows, &f->period.column, &l);
    want(rows, &f->division.column, &l);
    for (size_t i = 0; i < f->n_field; i++) {
        if (f->field[i].optional) continue;
        want(rows, &f->field[i].column, &l);
        want(rows, &f->field[i].where.column, &l);
    }
    return l;
}

static const char *nearest_column(struct wijk_cx *cx, const struct wijk__rows *rows, const char *wanted)
{
    size_t least = strlen(wanted) / 2 + 1;
    struct wijk_str folded = wijk_str_fold(cx, wijk_str(wanted));
    const char *best = NULL;
    for (size_t i = 0; i < rows->n_column; i++) {
        struct wijk_str name = wijk_str_fold(cx, rows->column[i]);
        size_t d = wijk_str_distance(folded, name);
        bool longer = name.n > folded.n && folded.n > 2 && memcmp(name.p, folded.p, folded.n) == 0;
        if (longer && d > 1) d = 1; /* «afwijking» for «afw» */
        if (d < least) {
            least = d;
            best = wijk_str_dup(cx, rows->column[i]);
        }
    }
    return best;
}

enum wijk_err wijk__mapping_choose(struct wijk_cx *cx, const struct wijk__mapping *m,
                                   const struct wijk__rows *rows, const char *label,
                                   const struct wijk__map_file **out)
{
    struct lack least = {0};
    const struct wijk__map_file *near = NULL;
    for (size_t i = 0; i < m->n_file; i++) {
        struct lack l = lacks(cx, &m->file[i], rows);
        if (l.n == 0) {
            *out = &m->file[i];
            return WIJK_OK;
        }
        /* Nearest is the shape of which the smallest share is missing: a long list may miss more and still be
         * meant. */
        if (!near || l.n * least.need < least.n * l.need) {
            least = l;
            near = &m->file[i];
        }
    }
    const char *names = wijk_buf_cstr(&least.names), *like = nearest_column(cx, rows, least.first);
    if (least.n > 1 && !like)
        return wijk_fail(cx, WIJK_EDATA, "%s past niet bij bron %s: de kolommen %s ontbreken.", label,
                         m->source->id, names);
    if (least.n > 1)
        return wijk_fail(cx, WIJK_EDATA, "%s past niet bij bron %s: de kolommen %s ontbreken. Bedoelt u %s?",
                         label, m->source->id, names, like);
    if (!like)
        return wijk_fail(cx, WIJK_EDATA, "%s past niet bij bron %s: de kolom %s ontbreekt.", label,
                         m->source->id, names);
    return wijk_fail(cx, WIJK_EDATA, "%s past niet bij bron %s: de kolom %s ontbreekt. Bedoelt u %s?", label,
                     m->source->id, names, like);
}

bool wijk__spell_names(const struct wijk__spell *spell, struct wijk_str column)
{
    int year;
    for (size_t i = 0; i < spell->n; i++)
        if (wijk__pattern_fits(spell->v[i], column, &year) ||
            wijk__pattern_resembles(spell->v[i], column, &year))
            return true;
    return false;
}
