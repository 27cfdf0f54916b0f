/* SPDX-License-Identifier: EUPL-1.2 */
/* defs/trajectories/RECIPE.yaml: how the course of an area is told in types, with every limit as data. */
#include "domain/domain_int.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* Years are read as numbers: whole ones, checked below. */
struct years {
    double base, recent;
};
struct reading {
    struct wijk_trajectory_rules rules;
    struct years year;
};
#define AT(member) offsetof(struct reading, rules.member)
static const struct wijk__def_field FIELD[] = {
    {"id", WIJK__DEF_ID, true, AT(id), 0, NULL},
    {"label", WIJK__DEF_PAIR, true, AT(label_nl), AT(label_en), NULL},
    {"source", WIJK__DEF_TEXT, true, AT(source), 0, NULL},
    {"base_year", WIJK__DEF_NUMBER, true, offsetof(struct reading, year.base), 0, NULL},
    {"recent_year", WIJK__DEF_NUMBER, true, offsetof(struct reading, year.recent), 0, NULL},
    {"good_from_class", WIJK__DEF_WHOLE, true, AT(good_from_class), 0, NULL},
    {"start_to_class", WIJK__DEF_WHOLE, true, AT(start_to_class), 0, NULL},
    {"improved_sd", WIJK__DEF_NUMBER, true, AT(improved_sd), 0, NULL},
    {"worse_sd", WIJK__DEF_NUMBER, true, AT(worse_sd), 0, NULL},
    {"flat_sd", WIJK__DEF_NUMBER, true, AT(flat_sd), 0, NULL},
    {"class_steps", WIJK__DEF_WHOLE, true, AT(class_steps), 0, NULL},
    {"scales", WIJK__DEF_OTHER, true, 0, 0, NULL},
    {"development", WIJK__DEF_OTHER, true, 0, 0, NULL},
};
#undef AT
static const struct wijk__def_field SCALE_FIELD[] = {
    {"method", WIJK__DEF_ID, true, offsetof(struct wijk_trajectory_scale, method), 0, NULL},
    {"sd", WIJK__DEF_NUMBER, true, offsetof(struct wijk_trajectory_scale, sd), 0, NULL},
};
#define COUNT(table) (sizeof(table) / sizeof *(table))

static enum wijk_err read_scales(const struct wijk__def *d, const struct wijk_yaml *map,
                                 struct wijk_trajectory_rules *r)
{
    const struct wijk_yaml *list;
    WIJK_TRY(wijk__def_list(d, map, "scales", WIJK_TRAJECTORY_SCALES, &list));
    for (size_t k = 0; k < list->n; k++) {
        struct wijk_trajectory_scale *s = &r->scale[k];
        WIJK_TRY(wijk__def_read_map(d, list->child[k], SCALE_FIELD, COUNT(SCALE_FIELD), false, s));
        if (!(s->sd > 0))
            return wijk__def_fail(d, list->child[k]->line, WIJK_T("bij %s is sd niet groter dan 0."),
                                  s->method);
        for (size_t j = 0; j < k; j++)
            if (strcmp(r->scale[j].method, s->method) == 0)
                return wijk__def_fail(d, list->child[k]->line, WIJK_T("de methode %s staat er twee keer."),
                                      s->method);
        r->n_scale = k + 1;
    }
    return WIJK_OK;
}

static enum wijk_err read_development(const struct wijk__def *d, const struct wijk_yaml *map,
                                      struct wijk_trajectory_rules *r)
{
    const struct wijk_yaml *list;
    WIJK_TRY(wijk__def_list(d, map, "development", WIJK_CLASSES - 1, &list));
    if (list->n != WIJK_CLASSES - 1)
        return wijk__def_fail(d, list->line, WIJK_T("tussen negen klassen liggen acht grenzen."), "");
    for (size_t k = 0; k < list->n; k++) {
        WIJK_TRY(wijk__def_number(d, list->child[k], "development", &r->development_sd[k]));
        if (k > 0 && !(r->development_sd[k] > r->development_sd[k - 1]))
            return wijk__def_fail(d, list->child[k]->line,
                                  WIJK_T("de grens %s is niet hoger dan de grens ervoor."),
                                  list->child[k]->text);
    }
    return WIJK_OK;
}

static bool class_number(int k)
{
    return k >= 1 && k <= WIJK_CLASSES;
}

static bool year_number(double y)
{
    return y >= 1900 && y <= 2200 && y == floor(y);
}

enum wijk_err wijk__def_trajectory(const struct wijk__def *d, const struct wijk_yaml *file,
                                   struct wijk__def_set *set)
{
    if (set->defs.n_trajectory == WIJK__TRAJECTORIES_MAX)
        return wijk__def_fail(d, file->line, WIJK_T("er zijn te veel recepten."), "");
    struct reading new = {0};
    struct wijk_trajectory_rules *r = &new.rules;
    WIJK_TRY(wijk__def_read_map(d, file, FIELD, COUNT(FIELD), false, &new));
    if (!year_number(new.year.base) || !year_number(new.year.recent))
        return wijk__def_fail(d, file->line, WIJK_T("bij %s zijn base_year en recent_year geen jaren."),
                              r->id);
    r->base_year = (int)new.year.base;
    r->recent_year = (int)new.year.recent;
    if (!class_number(r->good_from_class) || !class_number(r->start_to_class) || r->class_steps < 1)
        return wijk__def_fail(d, file->line, WIJK_T("bij %s is een klasse geen getal van 1 tot 9."), r->id);
    if (!(r->improved_sd > 0) || !(r->worse_sd > 0) || !(r->flat_sd >= 0))
        return wijk__def_fail(d, file->line, WIJK_T("bij %s is een stap niet groter dan 0."), r->id);
    WIJK_TRY(read_scales(d, file, r));
    WIJK_TRY(read_development(d, file, r));
    if (wijk_defs_trajectory(&set->defs, r->id))
        return wijk__def_fail(d, file->line, WIJK_T("het recept %s bestaat al."), r->id);
    set->trajectory_at[set->defs.n_trajectory] = (struct wijk__def_place){d->file, file->line};
    set->trajectory[set->defs.n_trajectory++] = *r;
    return WIJK_OK;
}
