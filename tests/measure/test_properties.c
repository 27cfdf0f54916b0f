/* SPDX-License-Identifier: EUPL-1.2 */
/* What must hold for any figures (one seed), what is refused, and the real Leefbaarometer 2.0. */
#include "measure/measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { AREAS = 1237, WIJKEN = 71, DIMENSIONS = 5 };
static const double LIMITS_2024[] = {-0.43, -0.354, -0.2815, -0.1640, -0.1030, 0.0101, 0.0896, 0.1680};

static struct wijk_method five(void)
{
    struct wijk_method m = {
        .id = "m", .version = "3", .label_nl = "M", .sum_tolerance = 1e-9, .n_dimension = DIMENSIONS};
    return m;
}

static const struct wijk_scores *chance(struct wijk_cx *cx, const struct wijk_method *m, struct wijk_rng *rng,
                                        int year)
{
    struct wijk_score_in in = {0};
    const struct wijk_scores *s;
    for (size_t k = 0; k < DIMENSIONS; k++) {
        double *v = WIJK_NEW(cx, double, AREAS);
        for (size_t i = 0; i < AREAS; i++) v[i] = 0.1568 * wijk_rng_normal(rng);
        in.dimension[k] = v;
    }
    assert_int_equal(wijk_scores_of(cx, m, "2024", WIJK_LEVEL_BUURT, 2024,
                                    (struct wijk_period){(int16_t)year, 0}, AREAS, in, &s),
                     WIJK_OK);
    return s;
}

static void test_parts_sum_to_the_change(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_method m = five();
    struct wijk_rng rng = wijk_rng(20261125);
    const struct wijk_scores *a = chance(cx, &m, &rng, 2020), *b = chance(cx, &m, &rng, 2022);
    const struct wijk_change *c;
    assert_int_equal(wijk_change_of(cx, a, b, &c), WIJK_OK);
    for (size_t i = 0; i < AREAS; i++) {
        double sum = c->rest[i];
        for (size_t k = 0; k < DIMENSIONS; k++) sum += c->part[k][i];
        assert_true(fabs(sum - c->total[i]) <= 1e-15);
        assert_true(fabs(c->rest[i]) <= 1e-14); /* the total is made of the dimensions here */
    }
    wijk_cx_end(cx);
}

static void refuses(struct wijk_cx *cx, const struct wijk_scores *a, struct wijk_scores b)
{
    const struct wijk_change *c;
    assert_int_equal(wijk_change_of(cx, a, &b, &c), WIJK_ESHAPE);
    assert_string_equal(
        wijk_fault(cx),
        "Deze twee metingen zijn niet te vergelijken: methode, uitgave of indeling verschilt.");
}

static void test_unlike_measurements_are_never_compared(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_method m = five(), other_id = m, other_version = m;
    struct wijk_rng rng = wijk_rng(7);
    const struct wijk_scores *a = chance(cx, &m, &rng, 2020);
    struct wijk_scores b = *a;
    other_id.id = "lbm2";
    other_version.version = "2";
    refuses(cx, a, (b.method = &other_id, b));
    refuses(cx, a, (b.method = &other_version, b));
    b = *a;
    refuses(cx, a, (b.release = "2022", b));
    b = *a;
    refuses(cx, a, (b.level = WIJK_LEVEL_WIJK, b));
    b = *a;
    refuses(cx, a, (b.division_year = 2022, b));
    b = *a;
    refuses(cx, a, (b.n = AREAS - 1, b));
    wijk_cx_end(cx);
}

static void test_a_score_needs_something(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_EN);
    struct wijk_method m = five();
    const double some[] = {0.3};
    const struct wijk_scores *s;
    struct wijk_score_in in = {.score = some, .dimension = {some, some, some, some}};
    assert_int_equal(
        wijk_scores_of(cx, &m, "2024", WIJK_LEVEL_BUURT, 2024, (struct wijk_period){2024, 0}, 1, in, &s),
        WIJK_EDATA);
    assert_string_equal(wijk_fault(cx), "There are no values of M to make a score of.");
    wijk_cx_end(cx);
}

/* Residents and parents of a town: some unknown, some empty, some areas outside every wijk. */
static void people(struct wijk_rng *rng, double *residents, size_t *parent)
{
    for (size_t i = 0; i < AREAS; i++) {
        size_t draw = wijk_rng_below(rng, 20);
        residents[i] = draw == 0 ? (double)NAN : draw == 1 ? 0 : 5 * (double)(1 + wijk_rng_below(rng, 1500));
        parent[i] = draw == 2 ? SIZE_MAX : wijk_rng_below(rng, WIJKEN);
    }
}

static void test_the_mean_of_a_constant_is_that_constant(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_method m = five();
    struct wijk_rng rng = wijk_rng(11);
    double total[AREAS], residents[AREAS];
    size_t parent[AREAS];
    const struct wijk_scores *low, *high;
    for (size_t i = 0; i < AREAS; i++) total[i] = -0.1037;
    people(&rng, residents, parent);
    assert_int_equal(wijk_scores_of(cx, &m, "2024", WIJK_LEVEL_BUURT, 2024, (struct wijk_period){2024, 0},
                                    AREAS, (struct wijk_score_in){.total = total}, &low),
                     WIJK_OK);
    assert_int_equal(wijk_scores_aggregate(cx, low, residents, parent, WIJKEN, WIJK_LEVEL_WIJK, &high),
                     WIJK_OK);
    for (size_t j = 0; j < WIJKEN; j++) assert_true(high->total[j] == -0.1037 && high->covered[j] == 1);
    wijk_cx_end(cx);
}

static void test_the_mean_is_that_of_every_resident(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_method m = five();
    struct wijk_rng rng = wijk_rng(13);
    double residents[AREAS];
    size_t parent[AREAS];
    const struct wijk_scores *low = chance(cx, &m, &rng, 2024), *high;
    people(&rng, residents, parent);
    assert_int_equal(wijk_scores_aggregate(cx, low, residents, parent, WIJKEN, WIJK_LEVEL_WIJK, &high),
                     WIJK_OK);
    for (size_t j = 0; j < WIJKEN; j++) {
        long double sum = 0, dimensions = 0;
        size_t heads = 0;
        for (size_t i = 0; i < AREAS; i++)
            for (double person = 0; parent[i] == j && person < residents[i]; person++)
                sum += low->total[i], heads++;
        for (size_t k = 0; k < DIMENSIONS; k++) dimensions += high->dimension[k][j];
        assert_true(fabs(high->total[j] - (double)(sum / (long double)heads)) < 1e-12);
        assert_true(fabs(high->total[j] - (double)dimensions) < 1e-12);
    }
    parent[3] = WIJKEN;
    assert_int_equal(wijk_scores_aggregate(cx, low, residents, parent, WIJKEN, WIJK_LEVEL_WIJK, &high),
                     WIJK_ESHAPE);
    wijk_cx_end(cx);
}

static void test_limits_are_found_again(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_class_limits limits = {.release = "2024"};
    struct wijk_rng rng = wijk_rng(17);
    double deviation[AREAS], below[WIJK_CLASSES - 1], above[WIJK_CLASSES - 1];
    uint8_t class_[AREAS];
    memcpy(limits.limit, LIMITS_2024, sizeof limits.limit);
    for (size_t i = 0; i < AREAS; i++) {
        deviation[i] = i % 50 == 3 ? (double)NAN : 0.22 * wijk_rng_normal(&rng);
        class_[i] = (uint8_t)wijk_class_of(&limits, deviation[i]);
    }
    wijk_class_limits_seen(deviation, class_, AREAS, below, above);
    for (size_t k = 0; k < WIJK_CLASSES - 1; k++) {
        assert_true(below[k] <= limits.limit[k] && limits.limit[k] < above[k]);
        assert_true(above[k] - below[k] < 0.03);
    }
    wijk_class_limits_seen(deviation, class_, 0, below, above);
    assert_true(isnan(below[0]) && isnan(above[7]));
    wijk_cx_end(cx);
}

static void test_the_reference_is_one_constant(void **state)
{
    (void)state;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    const double score[] = {3.952265, 4.202265, (double)NAN, 4.302, 4.0},
                 dev[] = {-0.15, 0.1, 0.3, 0.2, (double)NAN};
    double reference, spread;
    wijk_score_reference(cx, score, dev, 5, &reference, &spread); /* 4.102265 4.102265 4.102 */
    assert_true(fabs(reference - 4.102265) < 1e-12);
    assert_true(fabs(spread - 0.000265) < 1e-12);
    wijk_score_reference(cx, score + 2, dev + 2, 1, &reference, &spread);
    assert_true(isnan(reference) && isnan(spread));
    wijk_cx_end(cx);
}

/* ---- the real Leefbaarometer 2.0 per postcode: total, then five dimensions, for each of three years ---- */

static ptrdiff_t read_stdio(void *self, void *into, size_t n)
{
    size_t got = fread(into, 1, n, self);
    return got == 0 && ferror(self) ? -1 : (ptrdiff_t)got;
}

static void test_real_dimensions_add_up(void **state)
{
    (void)state;
    enum { YEARS = 3, WIDTH = 6, ROWS_MAX = 5000 };
    const char *folder = getenv("WIJK_REAL_DATA");
    if (!folder) skip();
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_method m = five();
    m.sum_tolerance = 0.0020001; /* as in defs/methods/lbm2.yaml */
    FILE *f = fopen(wijk_sprintf(cx, "%s/leefbaarometer-2.0-pc4/PC4DIMENSIE.csv", folder), "rb");
    struct wijk_csv *csv;
    const struct wijk_str *field;
    size_t n_field, rows = 0, scored[YEARS] = {0};
    double *v[YEARS][WIDTH];
    assert_non_null(f);
    for (size_t y = 0; y < YEARS; y++)
        for (size_t k = 0; k < WIDTH; k++) v[y][k] = WIJK_NEW(cx, double, ROWS_MAX);
    assert_int_equal(wijk_csv_open(cx, (struct wijk_in){read_stdio, f, "PC4DIMENSIE.csv"},
                                   (struct wijk_csv_opt){.separator = ','}, &csv),
                     WIJK_OK);
    assert_int_equal(wijk_csv_next(csv, &field, &n_field), WIJK_OK); /* the header */
    while (wijk_csv_next(csv, &field, &n_field) == WIJK_OK && n_field) {
        assert_true(rows < ROWS_MAX);
        for (size_t y = 0; y < YEARS; y++)
            for (size_t k = 0; k < WIDTH; k++) {
                size_t at = 1 + y * WIDTH + k;
                double *cell = &v[y][k][rows];
                if (at >= n_field || !wijk_num_parse(field[at], WIJK_NUM_POINT, cell)) *cell = NAN;
            }
        rows++;
    }
    fclose(f);
    assert_int_equal(rows, 4068);
    for (size_t y = 0; y < YEARS; y++) {
        struct wijk_score_in in = {.total = v[y][0],
                                   .dimension = {v[y][1], v[y][2], v[y][3], v[y][4], v[y][5]}};
        const struct wijk_scores *s;
        assert_int_equal(wijk_scores_of(cx, &m, "", WIJK_LEVEL_PC4, 2016,
                                        (struct wijk_period){(int16_t)(2012 + 2 * y), 0}, rows, in, &s),
                         WIJK_OK);
        for (size_t i = 0; i < rows; i++) {
            assert_int_equal(s->flag[i], 0);
            assert_int_equal(s->class_[i], 0); /* no limits of 2.0 are known */
            if (!isnan(s->total[i])) scored[y]++;
        }
    }
    assert_int_equal(scored[0], 3756); /* counted in the file with another program */
    assert_int_equal(scored[1], 3759);
    assert_int_equal(scored[2], 3831);
    wijk_cx_end(cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts_sum_to_the_change),
        cmocka_unit_test(test_unlike_measurements_are_never_compared),
        cmocka_unit_test(test_a_score_needs_something),
        cmocka_unit_test(test_the_mean_of_a_constant_is_that_constant),
        cmocka_unit_test(test_the_mean_is_that_of_every_resident),
        cmocka_unit_test(test_limits_are_found_again),
        cmocka_unit_test(test_the_reference_is_one_constant),
        cmocka_unit_test(test_real_dimensions_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
