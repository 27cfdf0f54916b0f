/* SPDX-License-Identifier: EUPL-1.2 */
/* Runs scores.cases. Arguments: the case file. */
#include "measure/measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *case_file;

enum { AREAS_MAX = 32, VECTORS_MAX = 24 };
struct vector {
    const char *word;
    size_t n;
    double v[AREAS_MAX];
};
struct score_case {
    const char *name;
    size_t n_vector;
    struct vector vector[VECTORS_MAX];
};

/* Words of a line up to `#`. */
static size_t split(struct wijk_cx *cx, struct wijk_str line, const char **word, size_t max)
{
    size_t n = 0;
    for (size_t at = 0; at < line.n && line.p[at] != '#';) {
        size_t end = at;
        while (end < line.n && line.p[end] != ' ' && line.p[end] != '#') end++;
        assert_true(n < max);
        if (end > at) word[n++] = wijk_str_dup(cx, (struct wijk_str){line.p + at, end - at});
        at = end < line.n && line.p[end] == ' ' ? end + 1 : end;
    }
    return n;
}

static double number(const char *word)
{
    double v;
    if (strcmp(word, "-") == 0) return NAN;
    if (!wijk_num_parse(wijk_str(word), WIJK_NUM_POINT, &v)) fail_msg("no number: %s", word);
    return v;
}

static const double *find(const struct score_case *c, const char *word)
{
    for (size_t i = 0; i < c->n_vector; i++)
        if (strcmp(c->vector[i].word, word) == 0) return c->vector[i].v;
    return NULL;
}

static size_t n_area(const struct score_case *c)
{
    for (size_t i = 0; i < c->n_vector; i++)
        if (strcmp(c->vector[i].word, "limits") != 0) return c->vector[i].n;
    return 0;
}

/* ---- what is expected, from the real functions ---- */

static struct wijk_method method = {
    .id = "m",
    .version = "1",
    .label_nl = "M",
    .sum_tolerance = 0.001,
    .n_dimension = 2,
    .dimension = {{.id = "housing"}, {.id = "safety"}},
};

static const struct wijk_scores *scores(struct wijk_cx *cx, const struct score_case *c, bool later)
{
    static struct wijk_class_limits limits = {.release = "case"};
    const double *given = find(c, "limits");
    const struct wijk_scores *s;
    struct wijk_score_in in = {
        .total = find(c, later ? "later_total" : "total"),
        .score = find(c, "score"),
        .delivered_class = find(c, "class"),
        .dimension = {find(c, later ? "later_housing" : "housing"),
                      find(c, later ? "later_safety" : "safety")},
    };
    if (given) memcpy(limits.limit, given, sizeof limits.limit);
    method.limits = &limits;
    method.n_limits = given != NULL;
    enum wijk_err err = wijk_scores_of(cx, &method, "case", WIJK_LEVEL_BUURT, 2024,
                                       (struct wijk_period){later ? 2024 : 2022, 0}, n_area(c), in, &s);
    if (err != WIJK_OK) fail_msg("%s: %s", c->name, wijk_fault(cx));
    return s;
}

static const struct wijk_scores *above(struct wijk_cx *cx, const struct score_case *c, size_t *n_high)
{
    const struct wijk_scores *low = scores(cx, c, false), *s;
    const double *parent = find(c, "parent");
    size_t *p = WIJK_NEW(cx, size_t, low->n);
    *n_high = 0;
    for (size_t i = 0; i < low->n; i++) {
        p[i] = isnan(parent[i]) ? SIZE_MAX : (size_t)parent[i];
        if (p[i] != SIZE_MAX && p[i] + 1 > *n_high) *n_high = p[i] + 1;
    }
    assert_int_equal(wijk_scores_aggregate(cx, low, find(c, "residents"), p, *n_high, WIJK_LEVEL_WIJK, &s),
                     WIJK_OK);
    assert_true(s->aggregated);
    return s;
}

static double *widen(struct wijk_cx *cx, const uint8_t *from, size_t n)
{
    double *to = WIJK_NEW(cx, double, n);
    for (size_t i = 0; i < n; i++) to[i] = from[i];
    return to;
}

static const double *of_scores(struct wijk_cx *cx, const struct wijk_scores *s, const char *what)
{
    if (strcmp(what, "total") == 0) return s->total;
    if (strcmp(what, "housing") == 0) return s->dimension[0];
    if (strcmp(what, "safety") == 0) return s->dimension[1];
    if (strcmp(what, "covered") == 0) return s->covered;
    if (strcmp(what, "class") == 0) return widen(cx, s->class_, s->n);
    if (strcmp(what, "class_origin") == 0) return widen(cx, s->class_origin, s->n);
    if (strcmp(what, "flag") == 0) return widen(cx, s->flag, s->n);
    fail_msg("unknown: %s", what);
    return NULL;
}

static const double *got(struct wijk_cx *cx, const struct score_case *c, const char *what, size_t *n)
{
    *n = n_area(c);
    if (strncmp(what, "up_", 3) == 0) return of_scores(cx, above(cx, c, n), what + 3);
    if (strncmp(what, "change", 6) != 0) return of_scores(cx, scores(cx, c, false), what);
    const struct wijk_change *change;
    assert_int_equal(wijk_change_of(cx, scores(cx, c, false), scores(cx, c, true), &change), WIJK_OK);
    return strcmp(what, "change") == 0           ? change->total
           : strcmp(what, "change_rest") == 0    ? change->rest
           : strcmp(what, "change_housing") == 0 ? change->part[0]
                                                 : change->part[1];
}

static void expect(struct wijk_cx *cx, const struct score_case *c, const char **word, size_t n_word)
{
    size_t n;
    assert_true(n_word >= 4 && strcmp(word[n_word - 2], "within") == 0);
    double tolerance = number(word[n_word - 1]);
    const double *is = got(cx, c, word[1], &n);
    if (n_word != n + 4) fail_msg("%s: %s has %zu numbers", c->name, word[1], n);
    for (size_t i = 0; i < n; i++) {
        double want = number(word[2 + i]);
        bool same = isnan(want) ? isnan(is[i]) : fabs(is[i] - want) <= tolerance;
        if (!same) fail_msg("%s: %s of area %zu is %.17g, not %s", c->name, word[1], i, is[i], word[2 + i]);
    }
}

static void take_line(struct wijk_cx *cx, struct score_case *c, struct wijk_str line, size_t *expected)
{
    const char *word[AREAS_MAX + 4];
    if (wijk_str_starts(line, "case")) {
        *c = (struct score_case){
            .name = wijk_str_dup(cx, wijk_str_trim((struct wijk_str){line.p + 4, line.n - 4}))};
        return;
    }
    size_t n = split(cx, line, word, AREAS_MAX + 4);
    if (n == 0) return;
    if (strcmp(word[0], "expect") == 0) {
        expect(cx, c, word, n);
        ++*expected;
        return;
    }
    assert_true(c->n_vector < VECTORS_MAX && n - 1 <= AREAS_MAX);
    struct vector *v = &c->vector[c->n_vector++];
    v->word = word[0];
    v->n = n - 1;
    for (size_t i = 1; i < n; i++) v->v[i - 1] = number(word[i]);
}

static void test_cases(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    FILE *f = fopen(case_file, "r");
    struct score_case *c = WIJK_NEW(cx, struct score_case, 1);
    char line[512];
    size_t expected = 0;
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) take_line(cx, c, wijk_str_trim(wijk_str(line)), &expected);
    fclose(f);
    assert_true(expected >= 25);
    wijk_cx_end(cx);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};
    if (argc != 2) return 2;
    case_file = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
