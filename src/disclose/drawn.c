/* SPDX-License-Identifier: EUPL-1.2 */
/* Areas that a user draws. Each answer is one linear equation over the base cells; a reader may add and
 * subtract them as he likes. So all known answers and the one that is asked become rows, Gaussian elimination
 * brings out every smaller group they determine, and a group of fewer than 10 persons is a refusal. */
#include "disclose/disclose.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double NOTHING = 1e-9;

/* ---- the same area, the same name ---- */

struct member {
    uint32_t cell;
    float part;
};

static int by_cell(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

static size_t sorted(struct wijk_cx *cx, const struct wijk_drawn_set *set, struct member **out)
{
    struct member *m = WIJK_NEW(cx, struct member, set->n);
    size_t n = 0;
    for (size_t i = 0; i < set->n; i++)
        if (set->part[i] > 0) m[n++] = (struct member){set->cell[i], (float)set->part[i]};
    if (n) qsort(m, n, sizeof *m, by_cell);
    *out = m;
    return n;
}

void wijk_drawn_key(struct wijk_cx *cx, const struct wijk_drawn_set *set, char key[65])
{
    struct wijk_mark here = wijk_cx_mark(cx);
    struct wijk_sha256 h;
    struct member *m;
    size_t n = sorted(cx, set, &m);
    wijk_sha256_begin(&h);
    for (size_t i = 0; i < n; i++) {
        uint32_t part, word[2] = {m[i].cell, 0};
        memcpy(&part, &m[i].part, sizeof part);
        word[1] = part;
        for (size_t k = 0; k < 2; k++) { /* the same on every machine: least byte first */
            unsigned char byte[] = {(unsigned char)word[k], (unsigned char)(word[k] >> 8),
                                    (unsigned char)(word[k] >> 16), (unsigned char)(word[k] >> 24)};
            wijk_sha256_add(&h, byte, sizeof byte);
        }
    }
    wijk_sha256_end(&h, key);
    wijk_cx_rewind(cx, here);
}

/* ---- what can be worked out ---- */

struct rows {
    size_t n, width;
    double *v;
    size_t *lead; /* the column in which a row stands alone */
};

static double *row(const struct rows *r, size_t i)
{
    return r->v + i * r->width;
}

static void lay(struct rows *r, const struct wijk_drawn_set *set, const size_t *column)
{
    double *v = row(r, r->n);
    for (size_t i = 0; i < set->n; i++) v[column[set->cell[i]]] += (double)(float)set->part[i];
}

/* Takes the row behind the others into the reduced form; false when it tells nothing new. Columns stand
 * heaviest first and a row leads with its first one, so every sum of rows holds at least the persons of their
 * leads. */
static bool reduce(struct rows *r)
{
    double *v = row(r, r->n);
    size_t lead = 0;
    for (size_t i = 0; i < r->n; i++) {
        double by = v[r->lead[i]];
        for (size_t c = 0; by != 0 && c < r->width; c++) v[c] -= by * row(r, i)[c];
    }
    for (size_t c = 0; c < r->width; c++)
        if (fabs(v[c]) < NOTHING) v[c] = 0;
    while (lead < r->width && v[lead] == 0) lead++;
    if (lead == r->width) return false;
    double by = v[lead];
    for (size_t c = lead; c < r->width; c++) v[c] /= by;
    for (size_t i = 0; i < r->n; i++) {
        double *u = row(r, i), times = u[lead];
        for (size_t c = lead; times != 0 && c < r->width; c++) {
            u[c] -= times * v[c];
            if (fabs(u[c]) < NOTHING) u[c] = 0;
        }
    }
    r->lead[r->n++] = lead;
    return true;
}

/* Persons in the cells a row speaks of. */
static double persons_of(const struct rows *r, const double *v, const double *persons)
{
    double sum = 0;
    for (size_t c = 0; c < r->width; c++) sum += v[c] != 0 ? persons[c] : 0;
    return sum;
}

static double inside(const struct wijk_drawn_set *set, const double *persons)
{
    double sum = 0;
    for (size_t i = 0; i < set->n; i++) sum += set->part[i] * persons[set->cell[i]];
    return sum;
}

/* Persons on whom two answers differ. */
static double apart(const struct wijk_drawn_set *a, const struct wijk_drawn_set *b, const double *persons,
                    double *scratch)
{
    double sum = 0;
    for (size_t i = 0; i < a->n; i++) scratch[a->cell[i]] += a->part[i];
    for (size_t i = 0; i < b->n; i++) scratch[b->cell[i]] -= b->part[i];
    for (size_t i = 0; i < a->n; i++)
        sum += fabs(scratch[a->cell[i]]) * persons[a->cell[i]], scratch[a->cell[i]] = 0;
    for (size_t i = 0; i < b->n; i++)
        sum += fabs(scratch[b->cell[i]]) * persons[b->cell[i]], scratch[b->cell[i]] = 0;
    return sum;
}

struct column {
    uint64_t mark; /* which sets the cell is in, and for which part */
    double persons;
    size_t at;
};

static int by_mark(const void *a, const void *b)
{
    const struct column *x = a, *y = b;
    if (x->mark != y->mark) return x->mark < y->mark ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

static int by_persons(const void *a, const void *b)
{
    const struct column *x = a, *y = b;
    if (x->persons != y->persons) return x->persons > y->persons ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

/* Cells that always go together are one column: they can never be told apart. Heaviest column first. */
static size_t columns_of(struct wijk_cx *cx, const struct wijk_drawn_set *known, size_t n_known,
                         const struct wijk_drawn_set *asked, const double *persons, size_t n_cell,
                         size_t *column, double *weight)
{
    struct column *v = WIJK_NEW(cx, struct column, n_cell), *w = WIJK_NEW(cx, struct column, n_cell);
    size_t *group = WIJK_NEW(cx, size_t, n_cell), *place = WIJK_NEW(cx, size_t, n_cell), n = 0;
    for (size_t c = 0; c < n_cell; c++) v[c].at = c, v[c].persons = persons[c];
    for (size_t s = 0; s <= n_known; s++) {
        const struct wijk_drawn_set *set = s < n_known ? &known[s] : asked;
        for (size_t i = 0; i < set->n; i++) {
            uint64_t word[3] = {v[set->cell[i]].mark, s, 0};
            float part = (float)set->part[i];
            memcpy(&word[2], &part, sizeof part);
            v[set->cell[i]].mark = wijk_hash64(word, sizeof word, 1) | 1;
        }
    }
    qsort(v, n_cell, sizeof *v, by_mark);
    for (size_t i = 0; i < n_cell; i++) {
        if (!v[i].mark) continue;
        if (!n || v[i].mark != w[n - 1].mark) w[n] = (struct column){v[i].mark, 0, n}, n++;
        w[n - 1].persons += v[i].persons;
        group[v[i].at] = n - 1;
    }
    if (n) qsort(w, n, sizeof *w, by_persons);
    for (size_t k = 0; k < n; k++) place[w[k].at] = k, weight[k] = w[k].persons;
    for (size_t c = 0; c < n_cell; c++) column[v[c].at] = v[c].mark ? place[group[v[c].at]] : SIZE_MAX;
    return n;
}

/* The least persons that any sum of two or more rows can be about, when one leads with `mine`. */
static double least_pair(const struct rows *r, const double *weight, size_t mine)
{
    double least = INFINITY;
    for (size_t i = 0; i < r->n; i++)
        if (r->lead[i] != mine) least = fmin(least, weight[r->lead[i]] + weight[mine]);
    return least;
}

/* Every known answer and this one, taken apart. */
static enum wijk_drawn_verdict weigh(struct wijk_cx *cx, const double *persons, size_t n_cell,
                                     const struct wijk_drawn_set *known, size_t n_known,
                                     const struct wijk_drawn_set *asked)
{
    size_t *column = WIJK_NEW(cx, size_t, n_cell);
    double *weight = WIJK_NEW(cx, double, n_cell);
    size_t width = columns_of(cx, known, n_known, asked, persons, n_cell, column, weight);
    if (width > WIJK_DRAWN_CELLS_MAX) return WIJK_DRAWN_TOO_MANY;
    struct rows r = {0, width, WIJK_NEW(cx, double, width *(n_known + 2)), WIJK_NEW(cx, size_t, n_known + 1)};
    bool *before = WIJK_NEW(cx, bool, width + 1);
    for (size_t s = 0; s < n_known; s++) {
        lay(&r, &known[s], column);
        reduce(&r);
    }
    for (size_t i = 0; i < r.n;
         i++) /* what was out already cannot be taken back, and is no reason to refuse */
        before[r.lead[i]] = persons_of(&r, row(&r, i), weight) < WIJK_DRAWN_LEAST;
    lay(&r, asked, column);
    if (!reduce(&r)) return WIJK_DRAWN_ALLOWED; /* it could be worked out already */
    for (size_t i = 0; i < r.n; i++) {
        double p = persons_of(&r, row(&r, i), weight);
        if (p < WIJK_DRAWN_LEAST && !before[r.lead[i]]) return WIJK_DRAWN_DIFFERENCE;
    }
    /* Rows together may cancel to less, never to less than their leads; and a row that this answer changed
     * leads with no fewer persons than the new one. So pairs with the new one tell for all. */
    bool close = least_pair(&r, weight, r.lead[r.n - 1]) < WIJK_DRAWN_LEAST;
    return close ? WIJK_DRAWN_DIFFERENCE : WIJK_DRAWN_ALLOWED;
}

static int by_key(const void *a, const void *b)
{
    return memcmp(a, b, 64);
}

struct known {
    char key[65];
    struct wijk_drawn_set set;
};

enum wijk_drawn_verdict wijk_drawn_ask(struct wijk_cx *cx, const double *persons, size_t n_cell,
                                       const struct wijk_drawn_set *known, size_t n_known,
                                       const struct wijk_drawn_set *asked)
{
    if (n_known > WIJK_DRAWN_SETS_MAX) return WIJK_DRAWN_TOO_MANY;
    if (!(inside(asked, persons) >= WIJK_DRAWN_LEAST)) return WIJK_DRAWN_TOO_SMALL;
    struct wijk_mark here = wijk_cx_mark(cx);
    struct known *list = WIJK_NEW(cx, struct known, n_known);
    struct wijk_drawn_set *order = WIJK_NEW(cx, struct wijk_drawn_set, n_known);
    double *scratch = WIJK_NEW(cx, double, n_cell);
    enum wijk_drawn_verdict verdict = WIJK_DRAWN_ALLOWED;
    bool same = false;
    char key[65];
    wijk_drawn_key(cx, asked, key);
    for (size_t i = 0; i < n_known; i++) {
        wijk_drawn_key(cx, &known[i], list[i].key);
        list[i].set = known[i];
        same = same || memcmp(list[i].key, key, 64) == 0;
    }
    if (n_known) qsort(list, n_known, sizeof *list, by_key); /* so that the order does not show */
    for (size_t i = 0; i < n_known; i++) order[i] = list[i].set;
    for (size_t i = 0; i < n_known && !same && verdict == WIJK_DRAWN_ALLOWED; i++)
        if (apart(asked, &order[i], persons, scratch) < WIJK_DRAWN_LEAST) verdict = WIJK_DRAWN_DIFFERENCE;
    if (!same && verdict == WIJK_DRAWN_ALLOWED) verdict = weigh(cx, persons, n_cell, order, n_known, asked);
    wijk_cx_rewind(cx, here);
    return verdict;
}

const char *wijk_drawn_text(enum wijk_drawn_verdict v)
{
    switch (v) {
    case WIJK_DRAWN_TOO_SMALL: return WIJK_T("In dit gebied wonen minder dan 10 mensen.");
    case WIJK_DRAWN_DIFFERENCE:
        return WIJK_T(
            "Dit gebied lijkt te veel op een eerder gevraagd gebied; het verschil zou minder dan 10 "
            "mensen zijn.");
    case WIJK_DRAWN_TOO_MANY:
        return WIJK_T("Over deze omgeving zijn te veel gebieden gevraagd; een nieuw gebied krijgt geen "
                      "antwoord.");
    case WIJK_DRAWN_ALLOWED: break;
    }
    return "";
}
