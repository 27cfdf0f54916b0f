/* SPDX-License-Identifier: EUPL-1.2 */
/* defs/indicators/THEME.yaml: a theme and its indicators. */
#include "domain/domain_int.h"

#include <math.h>
#include <stddef.h>

static const char *const KINDS[] = {"measured", "estimated", "said", NULL};
static const char *const DIRECTIONS[] = {"none", "up", "down", NULL};
static const char *const AGGREGATIONS[] = {"none", "sum", "residents", NULL};

const char *const wijk__def_disclosures[] = {"open", "count", "share", "money", NULL};

#define AT(member) offsetof(struct wijk_indicator, member)
static const struct wijk__def_field FIELD[] = {
    {"id", WIJK__DEF_ID, true, AT(id), 0, NULL},
    {"label", WIJK__DEF_PAIR, true, AT(label_nl), AT(label_en), NULL},
    {"definition", WIJK__DEF_PAIR, true, AT(definition_nl), AT(definition_en), NULL},
    {"unit", WIJK__DEF_PAIR, true, AT(unit_nl), AT(unit_en), NULL},
    {"method", WIJK__DEF_ID, false, AT(method), 0, NULL},
    {"dimension", WIJK__DEF_ID, false, AT(dimension), 0, NULL},
    {"kind", WIJK__DEF_CHOICE, false, AT(kind), 0, KINDS},
    {"direction", WIJK__DEF_CHOICE, false, AT(direction), 0, DIRECTIONS},
    {"aggregation", WIJK__DEF_CHOICE, false, AT(aggregation), 0, AGGREGATIONS},
    {"decimals", WIJK__DEF_WHOLE, false, AT(decimals), 0, NULL},
    {"min", WIJK__DEF_NUMBER, false, AT(min), 0, NULL},
    {"max", WIJK__DEF_NUMBER, false, AT(max), 0, NULL},
    {"min_base", WIJK__DEF_NUMBER, false, AT(min_base), 0, NULL},
    {"composition", WIJK__DEF_YES_NO, false, AT(composition), 0, NULL},
    {"disclosure", WIJK__DEF_WORD, false, AT(disclosure), 0, wijk__def_disclosures},
    {"part_of", WIJK__DEF_ID, false, AT(part_of), 0, NULL},
    {"base", WIJK__DEF_ID, false, AT(base), 0, NULL},
    {"count_of", WIJK__DEF_ID, false, AT(count_of), 0, NULL},
};
#undef AT
static const struct wijk__def_field FILE_FIELD[] = {
    {"theme", WIJK__DEF_ID, true, 0, 0, NULL},
    {"indicators", WIJK__DEF_OTHER, true, 0, 0, NULL},
};

static enum wijk_err check(const struct wijk__def *d, size_t line, const struct wijk_indicator *i)
{
    if (i->min > i->max) return wijk__def_fail(d, line, WIJK_T("bij %s is min groter dan max."), i->id);
    if (i->min_base < 0) return wijk__def_fail(d, line, WIJK_T("bij %s is min_base kleiner dan 0."), i->id);
    if (i->composition && i->direction != WIJK_DIRECTION_NONE)
        return wijk__def_fail(d, line, WIJK_T("%s gaat over wie er woont: dat heet niet beter of slechter."),
                              i->id);
    if (i->dimension[0] && !i->method[0])
        return wijk__def_fail(d, line, WIJK_T("%s heeft een dimension, maar geen method."), i->id);
    return WIJK_OK;
}

enum wijk_err wijk__def_indicators(const struct wijk__def *d, const struct wijk_yaml *file,
                                   struct wijk__def_set *set)
{
    const char *theme = "";
    const struct wijk_yaml *list;
    WIJK_TRY(wijk__def_read_map(d, file, FILE_FIELD, sizeof FILE_FIELD / sizeof *FILE_FIELD, false, &theme));
    WIJK_TRY(wijk__def_list(d, file, "indicators", WIJK__INDICATORS_MAX - set->defs.n_indicator, &list));
    for (size_t k = 0; k < list->n; k++) {
        size_t line = list->child[k]->line;
        struct wijk_indicator *i = &set->indicator[set->defs.n_indicator];
        *i = (struct wijk_indicator){.theme = theme, .min = NAN, .max = NAN};
        WIJK_TRY(wijk__def_read_map(d, list->child[k], FIELD, sizeof FIELD / sizeof *FIELD, false, i));
        WIJK_TRY(check(d, line, i));
        if (wijk_defs_indicator(&set->defs, i->id))
            return wijk__def_fail(d, line, WIJK_T("de indicator %s bestaat al."), i->id);
        set->indicator_at[set->defs.n_indicator++] = (struct wijk__def_place){d->file, line};
    }
    return WIJK_OK;
}
