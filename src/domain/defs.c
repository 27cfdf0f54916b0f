/* SPDX-License-Identifier: EUPL-1.2 */
/* The definitions as one whole: reads every file by its folder, then checks that what they say of each other
 * is so. */
#include "domain/domain_int.h"

#include <string.h>

/* ---- looking up ---- */

const struct wijk_indicator *wijk_defs_indicator(const struct wijk_defs *d, const char *id)
{
    for (size_t i = 0; i < d->n_indicator; i++)
        if (strcmp(d->indicator[i].id, id) == 0) return &d->indicator[i];
    return NULL;
}

const struct wijk_method *wijk_defs_method(const struct wijk_defs *d, const char *id)
{
    for (size_t i = 0; i < d->n_method; i++)
        if (strcmp(d->method[i].id, id) == 0) return &d->method[i];
    return NULL;
}

const struct wijk_source *wijk_defs_source(const struct wijk_defs *d, const char *id)
{
    for (size_t i = 0; i < d->n_source; i++)
        if (strcmp(d->source[i].id, id) == 0) return &d->source[i];
    return NULL;
}

const struct wijk_trajectory_rules *wijk_defs_trajectory(const struct wijk_defs *d, const char *id)
{
    for (size_t i = 0; i < d->n_trajectory; i++)
        if (strcmp(d->trajectory[i].id, id) == 0) return &d->trajectory[i];
    return NULL;
}

const char *wijk_indicator_label(const struct wijk_indicator *i, enum wijk_lang lang)
{
    return lang == WIJK_EN ? i->label_en : i->label_nl;
}

const char *wijk_indicator_unit(const struct wijk_indicator *i, enum wijk_lang lang)
{
    return lang == WIJK_EN ? i->unit_en : i->unit_nl;
}

/* ---- what definitions say of each other ---- */

/* A role of a method is filled by a known indicator that says it belongs to that method. */
static enum wijk_err check_role(const struct wijk__def *d, size_t line, const struct wijk_defs *defs,
                                const struct wijk_method *m, const char *id, const char *dimension)
{
    if (!id[0]) return WIJK_OK;
    const struct wijk_indicator *i = wijk_defs_indicator(defs, id);
    if (!i) return wijk__def_fail(d, line, WIJK_T("de indicator %s bestaat niet."), id);
    if (strcmp(i->method, m->id) != 0 || strcmp(i->dimension, dimension) != 0)
        return wijk__def_fail(d, line,
                              WIJK_T("de indicator %s zegt zelf iets anders over method of dimension."), id);
    return WIJK_OK;
}

/* Who lives there is never set beside a judgement, and a part of a score is not beside itself. */
static enum wijk_err check_beside(const struct wijk__def *d, size_t line, const struct wijk_defs *defs,
                                  const struct wijk_method_dimension *dim)
{
    for (size_t k = 0; k < dim->n_beside; k++) {
        const struct wijk_indicator *i = wijk_defs_indicator(defs, dim->beside[k]);
        if (!i) return wijk__def_fail(d, line, WIJK_T("de indicator %s bestaat niet."), dim->beside[k]);
        if (i->composition || i->method[0]) return wijk__def_fail(d, line, wijk_peer_input_fault(i), i->id);
    }
    return WIJK_OK;
}

static enum wijk_err check_method(const struct wijk__def *d, size_t line, const struct wijk_defs *defs,
                                  const struct wijk_method *m)
{
    WIJK_TRY(check_role(d, line, defs, m, m->total, ""));
    WIJK_TRY(check_role(d, line, defs, m, m->score, ""));
    WIJK_TRY(check_role(d, line, defs, m, m->delivered_class, ""));
    for (size_t k = 0; k < m->n_dimension; k++)
        WIJK_TRY(check_role(d, line, defs, m, m->dimension[k].indicator, m->dimension[k].id));
    for (size_t k = 0; k < m->n_dimension; k++) WIJK_TRY(check_beside(d, line, defs, &m->dimension[k]));
    const struct wijk_method *earlier = *m->earlier ? wijk_defs_method(defs, m->earlier) : NULL;
    if (*m->earlier && (!earlier || earlier == m))
        return wijk__def_fail(d, line, WIJK_T("de methode %s bestaat niet."), m->earlier);
    return WIJK_OK;
}

/* part_of, base and count_of name an indicator; parts do not go round. */
static enum wijk_err check_sums(const struct wijk__def *d, size_t line, const struct wijk_defs *defs,
                                const struct wijk_indicator *i)
{
    enum { DEEPEST = 8 };
    const char *const named[] = {i->part_of, i->base, i->count_of};
    for (size_t k = 0; k < sizeof named / sizeof *named; k++)
        if (*named[k] && !wijk_defs_indicator(defs, named[k]))
            return wijk__def_fail(d, line, WIJK_T("de indicator %s bestaat niet."), named[k]);
    const struct wijk_indicator *up = i;
    for (int depth = 0; *up->part_of; depth++) {
        if (depth == DEEPEST)
            return wijk__def_fail(d, line, WIJK_T("part_of van %s gaat rond of meer dan acht diep."), i->id);
        up = wijk_defs_indicator(defs, up->part_of);
        if (!up) return WIJK_OK; /* its own check names it */
    }
    return WIJK_OK;
}

static enum wijk_err check_indicator(const struct wijk__def *d, size_t line, const struct wijk_defs *defs,
                                     const struct wijk_indicator *i)
{
    WIJK_TRY(check_sums(d, line, defs, i));
    if (!i->method[0]) return WIJK_OK;
    const struct wijk_method *m = wijk_defs_method(defs, i->method);
    if (!m) return wijk__def_fail(d, line, WIJK_T("de methode %s bestaat niet."), i->method);
    if (!i->dimension[0]) return WIJK_OK;
    for (size_t k = 0; k < m->n_dimension; k++)
        if (strcmp(m->dimension[k].id, i->dimension) == 0 && strcmp(m->dimension[k].indicator, i->id) == 0)
            return WIJK_OK;
    return wijk__def_fail(d, line, WIJK_T("de methode heeft geen dimensie %s met deze indicator."),
                          i->dimension);
}

static enum wijk_err check_all(struct wijk_cx *cx, const struct wijk__def_set *set)
{
    for (size_t i = 0; i < set->defs.n_indicator; i++) {
        struct wijk__def d = {cx, set->indicator_at[i].file};
        WIJK_TRY(check_indicator(&d, set->indicator_at[i].line, &set->defs, &set->indicator[i]));
    }
    for (size_t i = 0; i < set->defs.n_method; i++) {
        struct wijk__def d = {cx, set->method_at[i].file};
        WIJK_TRY(check_method(&d, set->method_at[i].line, &set->defs, &set->method[i]));
    }
    for (size_t i = 0; i < set->defs.n_trajectory; i++) {
        struct wijk__def d = {cx, set->trajectory_at[i].file};
        for (size_t k = 0; k < set->trajectory[i].n_scale; k++)
            if (!wijk_defs_method(&set->defs, set->trajectory[i].scale[k].method))
                return wijk__def_fail(&d, set->trajectory_at[i].line, WIJK_T("de methode %s bestaat niet."),
                                      set->trajectory[i].scale[k].method);
    }
    for (size_t i = 0; i < set->defs.n_peers; i++) {
        struct wijk__def d = {cx, set->peers_at[i].file};
        WIJK_TRY(wijk__def_peers_check(&d, set->peers_at[i].line, &set->defs, &set->peers[i]));
    }
    for (size_t i = 0; i < set->defs.n_perception; i++) {
        struct wijk__def d = {cx, set->perception_at[i].file};
        WIJK_TRY(wijk__def_perception_check(&d, set->perception_at[i].line, &set->defs, &set->perception[i]));
    }
    for (size_t i = 0; i < set->defs.n_theme; i++) {
        struct wijk__def d = {cx, set->theme_at[i].file};
        WIJK_TRY(wijk__def_theme_check(&d, set->theme_at[i].line, &set->defs, &set->theme[i]));
    }
    for (size_t i = 0; i < set->defs.n_source; i++) {
        struct wijk__def d = {cx, set->source_at[i].file};
        WIJK_TRY(wijk__def_source_disclosure(&d, &set->defs, &set->source[i]));
    }
    for (size_t i = 0; i < set->defs.n_recipe; i++) {
        struct wijk__def d = {cx, set->recipe_at[i].file};
        WIJK_TRY(wijk__def_recipe_check(&d, &set->defs, &set->recipe[i]));
    }
    return WIJK_OK;
}

/* ---- reading ---- */

static const struct {
    const char *folder;
    enum wijk_err (*read)(const struct wijk__def *d, const struct wijk_yaml *file, struct wijk__def_set *set);
} PART[] = {
    {"indicators/", wijk__def_indicators},  {"methods/", wijk__def_method},
    {"sources/", wijk__def_source},         {"peers/", wijk__def_peers},
    {"perceptions/", wijk__def_perception}, {"trajectories/", wijk__def_trajectory},
    {"recipes/", wijk__def_recipe},         {"events/", wijk__def_events},
    {"algorithms/", wijk__def_algorithm},   {"themes/", wijk__def_themes},
};

static enum wijk_err read_file(struct wijk_cx *cx, const struct wijk_def_file *file,
                               struct wijk__def_set *set)
{
    struct wijk__def d = {cx, file->name};
    for (size_t k = 0; k < sizeof PART / sizeof *PART; k++) {
        const struct wijk_yaml *yaml;
        if (!wijk_str_starts(wijk_str(file->name), PART[k].folder)) continue;
        WIJK_TRY(wijk_yaml_read(cx, file->bytes, file->name, &yaml));
        return PART[k].read(&d, yaml, set);
    }
    return wijk__def_fail(&d, 1, WIJK_T("een definitie hoort in een van de mappen van defs/."), "");
}

enum wijk_err wijk_defs_read(struct wijk_cx *cx, const struct wijk_def_file *files, size_t n,
                             const struct wijk_defs **out)
{
    struct wijk__def_set *set = WIJK_NEW(cx, struct wijk__def_set, 1);
    set->indicator = WIJK_NEW(cx, struct wijk_indicator, WIJK__INDICATORS_MAX);
    set->indicator_at = WIJK_NEW(cx, struct wijk__def_place, WIJK__INDICATORS_MAX);
    set->method = WIJK_NEW(cx, struct wijk_method, WIJK__METHODS_MAX);
    set->method_at = WIJK_NEW(cx, struct wijk__def_place, WIJK__METHODS_MAX);
    set->source = WIJK_NEW(cx, struct wijk_source, WIJK__SOURCES_MAX);
    set->source_at = WIJK_NEW(cx, struct wijk__def_place, WIJK__SOURCES_MAX);
    set->trajectory = WIJK_NEW(cx, struct wijk_trajectory_rules, WIJK__TRAJECTORIES_MAX);
    set->trajectory_at = WIJK_NEW(cx, struct wijk__def_place, WIJK__TRAJECTORIES_MAX);
    set->recipe = WIJK_NEW(cx, struct wijk_recipe, WIJK__RECIPES_MAX);
    set->recipe_at = WIJK_NEW(cx, struct wijk__def_place, WIJK__RECIPES_MAX);
    set->peers = WIJK_NEW(cx, struct wijk_peer_recipe, WIJK__PEERS_MAX);
    set->peers_at = WIJK_NEW(cx, struct wijk__def_place, WIJK__PEERS_MAX);
    set->perception = WIJK_NEW(cx, struct wijk_perception_pair, WIJK__PEERS_MAX);
    set->perception_at = WIJK_NEW(cx, struct wijk__def_place, WIJK__PEERS_MAX);
    set->event = WIJK_NEW(cx, struct wijk_event, WIJK__EVENTS_MAX);
    set->algorithm_file = WIJK_NEW(cx, struct wijk__algorithm_file, WIJK__ALGORITHMS_MAX);
    set->theme = WIJK_NEW(cx, struct wijk_theme, WIJK_THEMES_MAX);
    set->theme_at = WIJK_NEW(cx, struct wijk__def_place, WIJK_THEMES_MAX);
    set->defs.theme = set->theme;
    set->defs.indicator = set->indicator;
    set->defs.method = set->method;
    set->defs.source = set->source;
    set->defs.peers = set->peers;
    set->defs.perception = set->perception;
    set->defs.event = set->event;
    set->defs.recipe = set->recipe;
    set->defs.trajectory = set->trajectory;
    for (size_t i = 0; i < n; i++) WIJK_TRY(read_file(cx, &files[i], set));
    WIJK_TRY(check_all(cx, set));
    WIJK_TRY(wijk__def_algorithms(cx, set));
    *out = &set->defs;
    return WIJK_OK;
}
