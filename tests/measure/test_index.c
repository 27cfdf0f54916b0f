/* SPDX-License-Identifier: EUPL-1.2 */
/* A municipality's own weighing: index.cases, what must hold for any figures, and what is refused.
 * Arguments: the case file. */
#include "measure/measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *case_file;
enum { AREAS = 6, INPUTS = 3 };

static struct wijk_recipe_input three[INPUTS];
static struct wijk_recipe small_recipe(enum wijk_normalisation how)
{
    three[0] = (struct wijk_recipe_input){.indicator = "a", .sign = 1, .weight = 3};
    three[1] = (struct wijk_recipe_input){.indicator = "b", .sign = -1, .weight = 1};
    three[2] = (struct wijk_recipe_input){.indicator = "c", .sign = 1, .weight = 2, .dimension = 1};
    return (struct wijk_recipe){.id = "klein",
                                .how = how,
                                .min_known = 0.3,
                                .middle = 50,
                                .step = 10,
                                .n_dimension = 2,
                                .n_input = INPUTS,
                                .n_class = 3,
                                .dimension = {{"one", "een", "one", 2}, {"two", "twee", "two", 1.5}},
                                .input = three,
                                .limit = {50, 55}};
}

/* ---- the case file ---- */

struct index_case {
    char name[80];
    struct wijk_recipe recipe;
    double value[INPUTS][AREAS];
    uint8_t status[INPUTS][AREAS];
    struct wijk_index *ix;
    size_t checks;
};

static void numbers(struct wijk_str rest, double v[AREAS], uint8_t status[AREAS])
{
    size_t n = 0;
    for (size_t at = 0; at < rest.n && rest.p[at] != '#';) {
        size_t end = at;
        while (end < rest.n && rest.p[end] != ' ') end++;
        struct wijk_str word = {rest.p + at, end - at};
        if (word.n) {
            assert_true(n < AREAS);
            bool blank = word.p[0] == '-' && word.n == 1, hidden = word.p[0] == '*';
            v[n] = NAN;
            if (!blank && !hidden && !wijk_num_parse(word, WIJK_NUM_POINT, &v[n])) fail_msg("%s", rest.p);
            if (status)
                status[n] = blank ? WIJK_STATUS_MISSING : hidden ? WIJK_STATUS_SUPPRESSED : WIJK_STATUS_OK;
            n++;
        }
        at = end + 1;
    }
    assert_int_equal(n, AREAS);
}

static void compute(struct wijk_cx *cx, struct index_case *c)
{
    static const double *value[INPUTS];
    static const uint8_t *status[INPUTS];
    for (size_t k = 0; k < INPUTS; k++) {
        value[k] = c->value[k];
        status[k] = c->status[k];
    }
    struct wijk_index_in in = {.recipe = &c->recipe,
                               .n = AREAS,
                               .n_year = 1,
                               .value = value,
                               .status = status,
                               .reference = SIZE_MAX};
    assert_int_equal(wijk_index_of(cx, &in, &c->ix), WIJK_OK);
}

static void compare(const struct index_case *c, const char *what, const double want[AREAS])
{
    for (size_t i = 0; i < AREAS; i++) {
        double got = strcmp(what, "total") == 0   ? c->ix->total[i]
                     : strcmp(what, "known") == 0 ? c->ix->known[i]
                     : strcmp(what, "class") == 0 ? c->ix->class_[i]
                                                  : c->ix->lack[i];
        if (!(fabs(got - want[i]) < 1e-10))
            fail_msg("%s: %s %zu: %.12f, want %.12f", c->name, what, i, got, want[i]);
    }
}

static void take_line(struct wijk_cx *cx, struct index_case *c, struct wijk_str line)
{
    static const char *const HOW[] = {"z", "minmax", "percentile", "robust"};
    struct wijk_str rest = line.n > 8 ? (struct wijk_str){line.p + 8, line.n - 8} : (struct wijk_str){"", 0};
    double v[AREAS];
    if (wijk_str_starts(line, "case")) {
        size_t checks = c->checks;
        *c = (struct index_case){.recipe = small_recipe(WIJK_NORMALISE_Z), .checks = checks};
        snprintf(c->name, sizeof c->name, "%.*s", WIJK_STR_ARG(rest));
    }
    for (size_t k = 0; wijk_str_starts(line, "how") && k < 4; k++)
        if (wijk_str_eq(rest, wijk_str(HOW[k]))) c->recipe.how = (enum wijk_normalisation)k;
    if (wijk_str_starts(line, "min") && !wijk_num_parse(rest, WIJK_NUM_POINT, &c->recipe.min_known)) fail();
    for (size_t k = 0; k < INPUTS; k++)
        if (line.n > 2 && line.p[0] == (char)('a' + k) && line.p[1] == ' ')
            numbers(rest, c->value[k], c->status[k]);
    static const char *const WHAT[] = {"total", "known", "class", "lack"};
    for (size_t k = 0; k < 4; k++) {
        if (!wijk_str_starts(line, WHAT[k])) continue;
        compute(cx, c);
        numbers(rest, v, NULL);
        compare(c, WHAT[k], v);
        c->checks++;
    }
}

static void cases(void **state)
{
    struct wijk_cx *cx = *state;
    static char text[1 << 16];
    FILE *f = fopen(case_file, "rb");
    assert_non_null(f);
    size_t size = fread(text, 1, sizeof text, f);
    fclose(f);
    struct index_case c = {0};
    for (size_t at = 0; at < size;) {
        const char *end = memchr(text + at, '\n', size - at);
        size_t n = end ? (size_t)(end - text) - at : size - at;
        take_line(cx, &c, (struct wijk_str){text + at, n});
        at += n + 1;
    }
    assert_true(c.checks >= 10);
}

/* ---- what must hold ---- */

enum { N = 1501, MANY = 11, YEARS = 3 };
static double figures[YEARS * MANY][N];
static const double *columns[YEARS * MANY];
static struct wijk_recipe_input many[MANY];

static struct wijk_recipe big_recipe(void)
{
    struct wijk_recipe r = {.id = "groot",
                            .min_known = 0.5,
                            .step = 1,
                            .n_dimension = 3,
                            .n_class = 5,
                            .limit = {-0.5, -0.1, 0.1, 0.5}};
    for (size_t d = 0; d < 3; d++) {
        r.dimension[d].weight = 1.3 + (double)d;
        for (size_t k = d; k < MANY; k += 3)
            many[r.n_input++] = (struct wijk_recipe_input){
                .indicator = "x", .dimension = d, .sign = k % 2 ? 1 : -1, .weight = 0.4 + 0.3 * (double)k};
    }
    r.input = many;
    return r;
}

static void fill(void)
{
    struct wijk_rng rng = wijk_rng(71);
    for (size_t c = 0; c < YEARS * MANY; c++) {
        columns[c] = figures[c];
        for (size_t i = 0; i < N; i++)
            figures[c][i] = wijk_rng_uniform(&rng) < 0.04 ? NAN : 40 + 7 * wijk_rng_normal(&rng);
    }
    columns[2 * MANY + 4] = NULL; /* not measured in the last year */
}

static struct wijk_index *run(struct wijk_cx *cx, const struct wijk_recipe *r, size_t reference,
                              const double *weight)
{
    struct wijk_index *ix = NULL;
    struct wijk_index_in in = {
        .recipe = r, .n = N, .n_year = YEARS, .value = columns, .reference = reference, .weight = weight};
    assert_int_equal(wijk_index_of(cx, &in, &ix), WIJK_OK);
    return ix;
}

static void same_bits_for_any_threads(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_recipe r = big_recipe();
    wijk_threads_set(1);
    struct wijk_index *one = run(cx, &r, SIZE_MAX, NULL);
    const struct wijk_sensitivity *s1, *s2;
    assert_int_equal(wijk_sensitivity_of(cx, &one[0], (struct wijk_sensitivity_opt){.draws = 60}, &s1),
                     WIJK_OK);
    wijk_threads_set(3);
    struct wijk_index *three_ = run(cx, &r, SIZE_MAX, NULL);
    assert_int_equal(wijk_sensitivity_of(cx, &three_[0], (struct wijk_sensitivity_opt){.draws = 60}, &s2),
                     WIJK_OK);
    for (size_t y = 0; y < YEARS; y++) {
        assert_memory_equal(one[y].total, three_[y].total, N * sizeof(double));
        assert_memory_equal(one[y].class_, three_[y].class_, N);
    }
    assert_memory_equal(s1->kept, s2->kept, N * sizeof(double));
    assert_memory_equal(s1->low, s2->low, N * sizeof(double));
}

static void parts_add_up_and_order_does_not_matter(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_recipe r = big_recipe();
    struct wijk_index *ix = run(cx, &r, 1, NULL);
    for (size_t y = 0; y < YEARS; y++)
        for (size_t i = 0; i < N; i++) {
            double sum = r.middle;
            for (size_t d = 0; d < 3; d++) sum += wijk_index_part(&ix[y], d, i);
            if (!isnan(ix[y].total[i])) assert_true(fabs(sum - ix[y].total[i]) < 1e-12);
            assert_true((ix[y].class_[i] == 0) == (ix[y].lack[i] != WIJK_LACK_NONE));
        }
    assert_true(ix[0].scaling[3].centre == ix[2].scaling[3].centre); /* one reference year */
    struct wijk_index *own = run(cx, &r, SIZE_MAX, NULL);
    assert_true(own[0].scaling[3].centre != own[2].scaling[3].centre);
}

static void one_weight_is_as_all_anew(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_recipe r = big_recipe();
    for (size_t k = 0; k < MANY; k++) {
        double weight[MANY];
        for (size_t j = 0; j < MANY; j++) weight[j] = many[j].weight;
        weight[k] = k % 3 == 0 ? 0 : weight[k] * 1.7;
        struct wijk_index *ix = run(cx, &r, SIZE_MAX, NULL), *anew = run(cx, &r, SIZE_MAX, weight);
        assert_int_equal(wijk_index_reweigh(cx, ix, YEARS, k, weight[k]), WIJK_OK);
        for (size_t y = 0; y < YEARS; y++)
            for (size_t i = 0; i < N; i++) {
                assert_int_equal(ix[y].class_[i], anew[y].class_[i]);
                assert_int_equal(ix[y].lack[i], anew[y].lack[i]);
                if (!isnan(anew[y].total[i])) assert_true(fabs(ix[y].total[i] - anew[y].total[i]) < 1e-12);
            }
    }
}

static size_t moved(const struct wijk_index *a, const struct wijk_index *b)
{
    size_t n = 0;
    for (size_t i = 0; i < N; i++) n += a->class_[i] && a->class_[i] != b->class_[i];
    return n;
}

static void sensitivity_counts_what_a_new_index_shows(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_recipe r = big_recipe();
    struct wijk_index *ix = run(cx, &r, SIZE_MAX, NULL);
    const struct wijk_sensitivity *s;
    assert_int_equal(
        wijk_sensitivity_of(cx, &ix[1], (struct wijk_sensitivity_opt){.seed = 5, .draws = 400}, &s), WIJK_OK);
    for (size_t k = 0; k < MANY; k++) {
        double weight[MANY];
        for (size_t j = 0; j < MANY; j++) weight[j] = many[j].weight;
        weight[k] = many[k].weight * 1.2;
        assert_int_equal(moved(&ix[1], &run(cx, &r, SIZE_MAX, weight)[1]), s->input[k].more);
        weight[k] = many[k].weight * 0.8;
        assert_int_equal(moved(&ix[1], &run(cx, &r, SIZE_MAX, weight)[1]), s->input[k].less);
        weight[k] = 0;
        assert_int_equal(moved(&ix[1], &run(cx, &r, SIZE_MAX, weight)[1]), s->input[k].without);
        assert_true(s->input[k].more <= s->n_any);
    }
    for (size_t d = 0; d < 3; d++) {
        struct wijk_recipe other = r;
        other.dimension[d].weight *= 0.8;
        assert_int_equal(moved(&ix[1], &run(cx, &other, SIZE_MAX, NULL)[1]), s->dimension[d].less);
        other.dimension[d].weight = 0;
        assert_int_equal(moved(&ix[1], &run(cx, &other, SIZE_MAX, NULL)[1]), s->dimension[d].without);
    }
    size_t firm = 0;
    for (size_t i = 0; i < N; i++) {
        if (isnan(s->kept[i])) continue;
        firm += s->kept[i] >= 0.95;
        assert_true(s->low[i] <= s->high[i] && s->kept[i] >= 0 && s->kept[i] <= 1);
    }
    assert_int_equal(firm, s->n_firm);
    assert_true(s->n_firm > 0 && s->n_firm < s->n_scored && s->n_any > 0 && s->n_any < s->n_scored);
}

/* By hand: one input of weight 1 and step 10, sd 2, error 0.5 -> 10 x 0.5 / 2. */
static void stated_errors_give_a_band(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_recipe_input input = {.indicator = "a", .sign = 1, .weight = 7, .error = 0.5};
    struct wijk_recipe r = {.id = "een",
                            .min_known = 0.5,
                            .step = 10,
                            .n_dimension = 1,
                            .n_input = 1,
                            .n_class = 2,
                            .dimension = {{"d", "d", "d", 3}},
                            .input = &input};
    const double v[] = {4, 6, 8}, *column = v;
    struct wijk_index *ix;
    struct wijk_index_in in = {.recipe = &r, .n = 3, .n_year = 1, .value = &column, .reference = SIZE_MAX};
    assert_int_equal(wijk_index_of(cx, &in, &ix), WIJK_OK);
    for (size_t i = 0; i < 3; i++) assert_true(fabs(ix->error[i] - 2.5) < 1e-14);
}

/* Figures in single precision, one year after another in one room, give the bits of all years at once. */
static void year_by_year_in_single_precision(void **state)
{
    struct wijk_cx *cx = *state;
    static double wide[YEARS * MANY][N];
    static float narrow[YEARS * MANY][N];
    const double *value[YEARS * MANY];
    const float *single[YEARS * MANY];
    struct wijk_recipe r = big_recipe();
    many[3].error = 0.7;
    for (size_t c = 0; c < YEARS * MANY; c++) {
        for (size_t i = 0; i < N; i++) wide[c][i] = narrow[c][i] = (float)figures[c][i];
        value[c] = columns[c] ? wide[c] : NULL;
        single[c] = columns[c] ? narrow[c] : NULL;
    }
    for (int how = WIJK_NORMALISE_Z; how <= WIJK_NORMALISE_ROBUST; how++)
        for (size_t reference = 0; reference < 2; reference++) {
            r.how = (enum wijk_normalisation)how;
            if (reference && how == WIJK_NORMALISE_PERCENTILE) continue;
            struct wijk_index_in in = {
                .recipe = &r, .n = N, .n_year = YEARS, .value = value, .reference = reference ? 1 : SIZE_MAX};
            struct wijk_index *all, *one;
            assert_int_equal(wijk_index_of(cx, &in, &all), WIJK_OK);
            in.value = NULL;
            in.single = single;
            assert_int_equal(wijk_index_room(cx, &in, &one), WIJK_OK);
            for (size_t y = 0; y < YEARS; y++) {
                const struct wijk_sensitivity *s1, *s2;
                wijk_index_year(cx, &in, y, one);
                assert_memory_equal(one->total, all[y].total, N * sizeof(double));
                assert_memory_equal(one->known, all[y].known, N * sizeof(double));
                assert_memory_equal(one->error, all[y].error, N * sizeof(double));
                assert_memory_equal(one->class_, all[y].class_, N);
                assert_memory_equal(one->lack, all[y].lack, N);
                assert_int_equal(
                    wijk_sensitivity_of(cx, one, (struct wijk_sensitivity_opt){.draws = 20}, &s1), WIJK_OK);
                assert_int_equal(
                    wijk_sensitivity_of(cx, &all[y], (struct wijk_sensitivity_opt){.draws = 20}, &s2),
                    WIJK_OK);
                assert_memory_equal(s1->kept, s2->kept, N * sizeof(double));
                assert_int_equal(s1->input[4].more, s2->input[4].more);
            }
            assert_int_equal(wijk_index_reweigh(cx, one, 1, 2, 3.3), WIJK_OK);
            assert_int_equal(wijk_index_reweigh(cx, all, YEARS, 2, 3.3), WIJK_OK);
            assert_memory_equal(one->total, all[YEARS - 1].total, N * sizeof(double));
        }
    many[3].error = 0;
}

static void refused(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_recipe r = big_recipe();
    struct wijk_index *ix = run(cx, &r, SIZE_MAX, NULL);
    double weight[MANY] = {0}, was = ix[0].total[7];
    struct wijk_index_in in = {
        .recipe = &r, .n = N, .n_year = YEARS, .value = columns, .reference = SIZE_MAX, .weight = weight};
    assert_int_equal(wijk_index_of(cx, &in, &ix), WIJK_EDATA);
    assert_string_equal(wijk_fault(cx), "De gewichten van groot zijn samen 0.");
    weight[2] = -0.1;
    assert_int_equal(wijk_index_of(cx, &in, &ix), WIJK_EDATA);
    weight[2] = NAN;
    assert_int_equal(wijk_index_of(cx, &in, &ix), WIJK_EDATA);
    in.weight = NULL;
    in.reference = YEARS;
    assert_int_equal(wijk_index_of(cx, &in, &ix), WIJK_ESHAPE);
    r.how = WIJK_NORMALISE_PERCENTILE;
    in.reference = 0;
    assert_int_equal(wijk_index_of(cx, &in, &ix), WIJK_EDATA);
    assert_int_equal(wijk_index_reweigh(cx, ix, YEARS, 0, INFINITY), WIJK_EDATA);
    assert_int_equal(wijk_index_reweigh(cx, ix, YEARS, 0, -1), WIJK_EDATA);
    assert_true(ix[0].total[7] == was);
    const struct wijk_sensitivity *s;
    assert_int_equal(wijk_sensitivity_of(cx, ix, (struct wijk_sensitivity_opt){.change = 1}, &s),
                     WIJK_EUSAGE);
}

/* One area, and nobody: told, not made up. */
static void too_few_areas(void **state)
{
    struct wijk_cx *cx = *state;
    struct wijk_recipe r = small_recipe(WIJK_NORMALISE_Z);
    const double v[] = {3.3}, *column[] = {v, v, v};
    struct wijk_index *ix;
    struct wijk_index_in in = {.recipe = &r, .n = 1, .n_year = 1, .value = column, .reference = SIZE_MAX};
    assert_int_equal(wijk_index_of(cx, &in, &ix), WIJK_OK);
    assert_int_equal(ix->lack[0], WIJK_LACK_NO_VARIATION);
    assert_int_equal(ix->class_[0], 0);
    in.n = 0;
    assert_int_equal(wijk_index_of(cx, &in, &ix), WIJK_OK);
    assert_int_equal(ix->n_scored, 0);
}

static int begin(void **state)
{
    fill();
    *state = wijk_cx_new(WIJK_NL);
    return 0;
}
static int end(void **state)
{
    wijk_cx_end(*state);
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(cases),
                                       cmocka_unit_test(same_bits_for_any_threads),
                                       cmocka_unit_test(parts_add_up_and_order_does_not_matter),
                                       cmocka_unit_test(one_weight_is_as_all_anew),
                                       cmocka_unit_test(sensitivity_counts_what_a_new_index_shows),
                                       cmocka_unit_test(stated_errors_give_a_band),
                                       cmocka_unit_test(year_by_year_in_single_precision),
                                       cmocka_unit_test(refused),
                                       cmocka_unit_test(too_few_areas)};
    if (argc != 2) return 2;
    case_file = argv[1];
    return cmocka_run_group_tests(tests, begin, end);
}
