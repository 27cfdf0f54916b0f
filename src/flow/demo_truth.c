/* SPDX-License-Identifier: EUPL-1.2 */
/* Reads defs/demo/truth.yaml: what is planted in the demo stands there and nowhere else. */
#include "flow/demo.h"

#include <math.h>
#include <string.h>

static const char *const DIMENSION[DEMO_DIMENSIONS] = {"housing", "physical", "amenities", "cohesion",
                                                       "safety"};
static const char FILE_NAME[] = "demo/truth.yaml";

static enum wijk_err bad(struct wijk_cx *cx, const struct wijk_yaml *at, const char *what)
{
    return wijk_fail(cx, WIJK_EDEF, "%s regel %zu: %s klopt niet.", FILE_NAME, at ? at->line : (size_t)0,
                     what);
}

static enum wijk_err read_buurt(struct wijk_cx *cx, const struct town *town, const struct wijk_yaml *map,
                                const char *key, size_t *out)
{
    const char *code = wijk_yaml_text(map, key, "");
    for (size_t i = 0; i < TOWN_BUURTEN; i++) {
        if (strcmp(town->buurt[i].code, code) == 0) {
            *out = i;
            return WIJK_OK;
        }
    }
    return bad(cx, map, key);
}

static enum wijk_err read_num(struct wijk_cx *cx, const struct wijk_yaml *map, const char *key, double *out)
{
    if (!wijk_num_parse(wijk_str(wijk_yaml_text(map, key, "")), WIJK_NUM_POINT, out))
        return bad(cx, map, key);
    return WIJK_OK;
}

static enum wijk_err read_course(struct wijk_cx *cx, const struct town *town, const struct wijk_yaml *map,
                                 struct demo_course *out)
{
    double year, sum = 0;
    WIJK_TRY(read_buurt(cx, town, map, "buurt", &out->buurt));
    WIJK_TRY(read_num(cx, map, "after", &year));
    WIJK_TRY(read_num(cx, map, "per_year", &out->per_year));
    out->from_year = (int)year;
    const struct wijk_yaml *share = wijk_yaml_get(map, "share");
    for (size_t k = 0; share && k < DEMO_DIMENSIONS; k++) {
        if (!wijk_yaml_get(share, DIMENSION[k])) continue;
        WIJK_TRY(read_num(cx, share, DIMENSION[k], &out->share[k]));
        sum += out->share[k];
    }
    return fabs(sum - 1) > 1e-9 ? bad(cx, map, "share") : WIJK_OK;
}

static enum wijk_err read_shift(struct wijk_cx *cx, const struct town *town, const struct wijk_yaml *map,
                                struct demo_shift *out)
{
    WIJK_TRY(read_buurt(cx, town, map, "buurt", &out->buurt));
    WIJK_TRY(read_num(cx, map, "factor", &out->factor));
    out->moves_to = SIZE_MAX;
    if (wijk_yaml_get(map, "moves_to")) WIJK_TRY(read_buurt(cx, town, map, "moves_to", &out->moves_to));
    if (!wijk_period_parse(wijk_str(wijk_yaml_text(map, "since", "")), &out->since))
        return bad(cx, map, "since");
    return WIJK_OK;
}

static enum wijk_err read_felt(struct wijk_cx *cx, const struct town *town, const struct wijk_yaml *yaml,
                               struct demo_truth *out)
{
    static const char FELT[] = "perceptions";
    const struct wijk_yaml *list = wijk_yaml_get(yaml, FELT);
    for (size_t i = 0; list && i < list->n; i++) {
        if (out->n_felt == DEMO_PLANTED_MAX) return bad(cx, list, FELT);
        struct demo_felt *f = &out->felt[out->n_felt++];
        WIJK_TRY(read_buurt(cx, town, list->child[i], "buurt", &f->buurt));
        WIJK_TRY(read_num(cx, list->child[i], "more", &f->more));
    }
    return WIJK_OK;
}

static enum wijk_err read_offer_gaps(struct wijk_cx *cx, const struct town *town,
                                     const struct wijk_yaml *yaml, struct demo_truth *out)
{
    static const char GAPS[] = "offer_gaps";
    const struct wijk_yaml *list = wijk_yaml_get(yaml, GAPS);
    for (size_t i = 0; list && i < list->n; i++) {
        const struct wijk_yaml *y = list->child[i];
        if (out->n_offer_gap == DEMO_PLANTED_MAX) return bad(cx, list, GAPS);
        struct demo_offer_gap *g = &out->offer_gap[out->n_offer_gap++];
        WIJK_TRY(read_buurt(cx, town, y, "buurt", &g->buurt));
        if (!wijk_offer_theme_parse(wijk_str(wijk_yaml_text(y, "theme", "")), &g->theme))
            return bad(cx, y, "theme");
        if (!wijk_age_group_parse(wijk_str(wijk_yaml_text(y, "age", "")), &g->age)) return bad(cx, y, "age");
    }
    return WIJK_OK;
}

static enum wijk_err read_homes(struct wijk_cx *cx, const struct town *town, const struct wijk_yaml *yaml,
                                struct demo_truth *out)
{
    static const char HOMES[] = "homes", OF[] = "homes_indicator", PATTERNLESS[] = "patternless";
    const struct wijk_yaml *list = wijk_yaml_get(yaml, HOMES);
    out->homes = wijk_yaml_text(yaml, OF, NULL);
    out->patternless = wijk_yaml_text(yaml, PATTERNLESS, NULL);
    if (!out->homes || !out->patternless) return bad(cx, yaml, out->homes ? PATTERNLESS : OF);
    for (size_t i = 0; list && i < list->n; i++) {
        if (out->n_home == DEMO_PLANTED_MAX) return bad(cx, list, HOMES);
        struct demo_home *h = &out->home[out->n_home++];
        WIJK_TRY(read_buurt(cx, town, list->child[i], "buurt", &h->buurt));
        WIJK_TRY(read_num(cx, list->child[i], "more", &h->more));
    }
    return WIJK_OK;
}

static enum wijk_err read_revisions(struct wijk_cx *cx, const struct town *town, const struct wijk_yaml *yaml,
                                    struct demo_truth *out)
{
    static const char REVISIONS[] = "revisions";
    const struct wijk_yaml *list = wijk_yaml_get(yaml, REVISIONS);
    double until;
    WIJK_TRY(read_num(cx, yaml, "revised_until", &until));
    WIJK_TRY(read_num(cx, yaml, "revision_noise", &out->revision_noise));
    if (!(until >= DEMO_FIRST_YEAR && until <= DEMO_LAST_YEAR)) return bad(cx, yaml, "revised_until");
    out->revised_until = (int)until;
    for (size_t i = 0; list && i < list->n; i++) {
        if (out->n_revision == DEMO_PLANTED_MAX) return bad(cx, list, REVISIONS);
        struct demo_revision *r = &out->revision[out->n_revision++];
        const char *dimension = wijk_yaml_text(list->child[i], "dimension", "");
        WIJK_TRY(read_buurt(cx, town, list->child[i], "buurt", &r->buurt));
        WIJK_TRY(read_num(cx, list->child[i], "more", &r->more));
        while (r->dimension < DEMO_DIMENSIONS && strcmp(DIMENSION[r->dimension], dimension) != 0)
            r->dimension++;
        if (r->dimension == DEMO_DIMENSIONS) return bad(cx, list->child[i], "dimension");
    }
    return WIJK_OK;
}

uint64_t wijk__demo_truth_seed(const struct wijk_yaml *yaml)
{
    int64_t seed = 0;
    if (!wijk_int_parse(wijk_str(wijk_yaml_text(yaml, "seed", "")), 1, INT64_MAX, &seed)) return 0;
    return (uint64_t)seed;
}

enum wijk_err wijk__demo_truth_read(struct wijk_cx *cx, const struct town *town, const struct wijk_yaml *yaml,
                                    struct demo_truth *out)
{
    static const char *const COURSES[] = {"slides", "recoveries"}, *const SHIFTS[] = {"effects", "nulls",
                                                                                      "water_beds"};
    *out = (struct demo_truth){.seed = wijk__demo_truth_seed(yaml)};
    if (!out->seed) return bad(cx, yaml, "seed");
    WIJK_TRY(read_buurt(cx, town, yaml, "hidden", &out->hidden));
    WIJK_TRY(read_buurt(cx, town, yaml, "no_data", &out->no_data));
    for (size_t k = 0; k < sizeof COURSES / sizeof *COURSES; k++) {
        const struct wijk_yaml *list = wijk_yaml_get(yaml, COURSES[k]);
        for (size_t i = 0; list && i < list->n; i++) {
            if (out->n_course == DEMO_PLANTED_MAX) return bad(cx, list, COURSES[k]);
            WIJK_TRY(read_course(cx, town, list->child[i], &out->course[out->n_course++]));
        }
    }
    for (size_t k = 0; k < sizeof SHIFTS / sizeof *SHIFTS; k++) {
        const struct wijk_yaml *list = wijk_yaml_get(yaml, SHIFTS[k]);
        for (size_t i = 0; list && i < list->n; i++) {
            if (out->n_shift == DEMO_PLANTED_MAX) return bad(cx, list, SHIFTS[k]);
            WIJK_TRY(read_shift(cx, town, list->child[i], &out->shift[out->n_shift++]));
        }
    }
    WIJK_TRY(read_felt(cx, town, yaml, out));
    WIJK_TRY(read_offer_gaps(cx, town, yaml, out));
    WIJK_TRY(read_homes(cx, town, yaml, out));
    return read_revisions(cx, town, yaml, out);
}
