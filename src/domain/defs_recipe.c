/* SPDX-License-Identifier: EUPL-1.2 */
/* defs/recipes/RECIPE.yaml: a municipality's own weighing: what counts, in which direction, how much, and who
 * decided so. docs/methods/lokale-weging.md explains the keys. */
#include "domain/domain_int.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#define X(name, id, text) id,
static const char *const HOW_ID[] = {WIJK_NORMALISATIONS(X) NULL};
#undef X
#define X(name, id, text) text,
static const char *const HOW_TEXT[] = {WIJK_NORMALISATIONS(X)};
#undef X

#define AT(member) offsetof(struct wijk_recipe, member)
static const struct wijk__def_field FIELD[] = {
    {"id", WIJK__DEF_ID, true, AT(id), 0, NULL},
    {"version", WIJK__DEF_TEXT, true, AT(version), 0, NULL},
    {"label", WIJK__DEF_PAIR, true, AT(label_nl), AT(label_en), NULL},
    {"about", WIJK__DEF_PAIR, true, AT(about_nl), AT(about_en), NULL},
    {"gemeente", WIJK__DEF_TEXT, false, AT(gemeente), 0, NULL},
    {"level", WIJK__DEF_OTHER, true, 0, 0, NULL},
    {"normalisation", WIJK__DEF_CHOICE, true, AT(how), 0, HOW_ID},
    {"reference", WIJK__DEF_OTHER, false, 0, 0, NULL},
    {"min_known", WIJK__DEF_NUMBER, false, AT(min_known), 0, NULL},
    {"scale", WIJK__DEF_OTHER, false, 0, 0, NULL},
    {"dimensions", WIJK__DEF_OTHER, true, 0, 0, NULL},
    {"inputs", WIJK__DEF_OTHER, true, 0, 0, NULL},
    {"classes", WIJK__DEF_OTHER, true, 0, 0, NULL},
    {"record", WIJK__DEF_OTHER, false, 0, 0, NULL},
};
static const struct wijk__def_field SCALE_FIELD[] = {
    {"middle", WIJK__DEF_NUMBER, true, AT(middle), 0, NULL},
    {"step", WIJK__DEF_NUMBER, true, AT(step), 0, NULL},
};
#undef AT
#define AT(member) offsetof(struct wijk_recipe_dimension, member)
static const struct wijk__def_field DIMENSION_FIELD[] = {
    {"id", WIJK__DEF_ID, true, AT(id), 0, NULL},
    {"label", WIJK__DEF_PAIR, true, AT(label_nl), AT(label_en), NULL},
    {"weight", WIJK__DEF_NUMBER, true, AT(weight), 0, NULL},
};
#undef AT
struct input_read {
    struct wijk_recipe_input in;
    const char *dimension;
    enum wijk_direction direction; /* NONE: as the indicator says */
};
static const char *const DIRECTION[] = {"", "up", "down", NULL};
#define AT(member) offsetof(struct input_read, member)
static const struct wijk__def_field INPUT_FIELD[] = {
    {"indicator", WIJK__DEF_ID, true, AT(in.indicator), 0, NULL},
    {"dimension", WIJK__DEF_ID, true, AT(dimension), 0, NULL},
    {"weight", WIJK__DEF_NUMBER, true, AT(in.weight), 0, NULL},
    {"direction", WIJK__DEF_CHOICE, false, AT(direction), 0, DIRECTION},
    {"per", WIJK__DEF_ID, false, AT(in.per), 0, NULL},
    {"error", WIJK__DEF_NUMBER, false, AT(in.error), 0, NULL},
};
#undef AT
struct class_read {
    const char *nl, *en;
    double to; /* NAN: no upper end */
};
static const struct wijk__def_field CLASS_FIELD[] = {
    {"nl", WIJK__DEF_TEXT, true, offsetof(struct class_read, nl), 0, NULL},
    {"en", WIJK__DEF_TEXT, true, offsetof(struct class_read, en), 0, NULL},
    {"to", WIJK__DEF_NUMBER, false, offsetof(struct class_read, to), 0, NULL},
};
#define COUNT(table) (sizeof(table) / sizeof *(table))

const char *wijk_normalisation_id(enum wijk_normalisation how)
{
    return HOW_ID[how];
}

const char *wijk_normalisation_text(enum wijk_normalisation how)
{
    return HOW_TEXT[how];
}

const struct wijk_recipe *wijk_defs_recipe(const struct wijk_defs *d, const char *id)
{
    for (size_t i = 0; i < d->n_recipe; i++)
        if (strcmp(d->recipe[i].id, id) == 0) return &d->recipe[i];
    return NULL;
}

/* ---- reading ---- */

static bool is_weight(double w)
{
    return w >= 0 && w <= WIJK_WEIGHT_MAX;
}

static enum wijk_err read_dimensions(const struct wijk__def *d, const struct wijk_yaml *map,
                                     struct wijk_recipe *r)
{
    const struct wijk_yaml *list;
    double sum = 0;
    WIJK_TRY(wijk__def_list(d, map, "dimensions", WIJK_DIMENSIONS_MAX, &list));
    for (size_t k = 0; k < list->n; k++) {
        struct wijk_recipe_dimension *new = &r->dimension[k];
        WIJK_TRY(wijk__def_read_map(d, list->child[k], DIMENSION_FIELD, COUNT(DIMENSION_FIELD), false, new));
        for (size_t j = 0; j < k; j++)
            if (strcmp(r->dimension[j].id, new->id) == 0)
                return wijk__def_fail(d, list->child[k]->line, WIJK_T("de dimensie %s staat er twee keer."),
                                      new->id);
        if (!is_weight(new->weight))
            return wijk__def_fail(d, list->child[k]->line,
                                  WIJK_T("het gewicht van %s ligt niet tussen 0 en 1.000.000."), new->id);
        sum += new->weight;
        r->n_dimension = k + 1;
    }
    return sum > 0 ? WIJK_OK
                   : wijk__def_fail(d, list->line, WIJK_T("de gewichten van %s zijn samen 0."), r->id);
}

static enum wijk_err place_input(const struct wijk__def *d, size_t line, const struct wijk_recipe *r,
                                 struct input_read *read)
{
    size_t k = 0;
    while (k < r->n_dimension && strcmp(r->dimension[k].id, read->dimension) != 0) k++;
    if (k == r->n_dimension)
        return wijk__def_fail(d, line, WIJK_T("de dimensie %s bestaat niet in deze weging."),
                              read->dimension);
    if (!is_weight(read->in.weight))
        return wijk__def_fail(d, line, WIJK_T("het gewicht van %s ligt niet tussen 0 en 1.000.000."),
                              read->in.indicator);
    if (read->in.error < 0)
        return wijk__def_fail(d, line, WIJK_T("de fout van %s is kleiner dan 0."), read->in.indicator);
    read->in.dimension = k;
    read->in.sign = read->direction == WIJK_DIRECTION_DOWN ? -1 : read->direction == WIJK_DIRECTION_UP;
    read->in.line = line;
    return WIJK_OK;
}

/* Inputs are kept by dimension: the sums of one are done before those of the next. */
static enum wijk_err read_inputs(const struct wijk__def *d, const struct wijk_yaml *map,
                                 struct wijk_recipe *r)
{
    const struct wijk_yaml *list;
    WIJK_TRY(wijk__def_list(d, map, "inputs", WIJK_RECIPE_INPUTS_MAX, &list));
    struct wijk_recipe_input *v = WIJK_NEW(d->cx, struct wijk_recipe_input, list->n);
    struct input_read *read = WIJK_NEW(d->cx, struct input_read, list->n);
    r->input = v;
    for (size_t k = 0; k < list->n; k++) {
        WIJK_TRY(wijk__def_read_map(d, list->child[k], INPUT_FIELD, COUNT(INPUT_FIELD), false, &read[k]));
        WIJK_TRY(place_input(d, list->child[k]->line, r, &read[k]));
        for (size_t j = 0; j < k; j++)
            if (strcmp(read[j].in.indicator, read[k].in.indicator) == 0)
                return wijk__def_fail(d, list->child[k]->line, WIJK_T("de indicator %s staat er twee keer."),
                                      read[k].in.indicator);
    }
    for (size_t dim = 0; dim < r->n_dimension; dim++) {
        double sum = 0;
        for (size_t k = 0; k < list->n; k++) {
            if (read[k].in.dimension != dim) continue;
            v[r->n_input++] = read[k].in;
            sum += read[k].in.weight;
        }
        if (!(sum > 0))
            return wijk__def_fail(d, list->line, WIJK_T("de gewichten van %s zijn samen 0."),
                                  r->dimension[dim].id);
    }
    return WIJK_OK;
}

static enum wijk_err read_classes(const struct wijk__def *d, const struct wijk_yaml *map,
                                  struct wijk_recipe *r)
{
    const struct wijk_yaml *list;
    WIJK_TRY(wijk__def_list(d, map, "classes", WIJK_CLASSES, &list));
    if (list->n < 2)
        return wijk__def_fail(d, list->line, WIJK_T("een weging heeft minstens twee klassen."), "");
    for (size_t k = 0; k < list->n; k++) {
        struct class_read read = {.to = NAN};
        size_t line = list->child[k]->line;
        WIJK_TRY(wijk__def_read_map(d, list->child[k], CLASS_FIELD, COUNT(CLASS_FIELD), false, &read));
        r->class_nl[k] = read.nl;
        r->class_en[k] = read.en;
        if (isnan(read.to) != (k + 1 == list->n))
            return wijk__def_fail(
                d, line, WIJK_T("bij %s: elke klasse heeft een bovengrens (to), behalve de laatste."),
                read.nl);
        if (k + 1 == list->n) break;
        r->limit[k] = read.to;
        if (k > 0 && !(r->limit[k] > r->limit[k - 1]))
            return wijk__def_fail(d, line, WIJK_T("de grens van %s is niet hoger dan de grens ervoor."),
                                  read.nl);
    }
    r->n_class = list->n;
    return WIJK_OK;
}

static enum wijk_err read_rest(const struct wijk__def *d, const struct wijk_yaml *file, struct wijk_recipe *r)
{
    const struct wijk_yaml *scale = wijk_yaml_get(file, "scale"), *year = wijk_yaml_get(file, "reference"),
                           *level = wijk_yaml_get(file, "level");
    int64_t number = 0;
    if (scale) WIJK_TRY(wijk__def_read_map(d, scale, SCALE_FIELD, COUNT(SCALE_FIELD), false, r));
    if (!(r->step > 0))
        return wijk__def_fail(d, scale->line, WIJK_T("bij %s is step niet groter dan 0."), r->id);
    if (year &&
        (year->kind != WIJK_YAML_SCALAR || !wijk_int_parse(wijk_str(year->text), 1900, 2200, &number)))
        return wijk__def_fail(d, year->line, WIJK_T("bij %s hoort een jaar te staan."), "reference");
    r->reference_year = (int)number;
    if (level->kind != WIJK_YAML_SCALAR || !wijk_level_parse(wijk_str(level->text), &r->level))
        return wijk__def_fail(d, level->line, WIJK_T("deze waarde bij %s bestaat niet."), "level");
    if (!(r->min_known > 0 && r->min_known <= 1))
        return wijk__def_fail(d, file->line, WIJK_T("bij %s ligt min_known niet tussen 0 en 1."), r->id);
    char normal[WIJK_CODE_MAX];
    if (*r->gemeente && (!wijk_code_normalise(wijk_str(r->gemeente), WIJK_LEVEL_GEMEENTE, normal) ||
                         strcmp(normal, r->gemeente) != 0))
        return wijk__def_fail(d, file->line, WIJK_T("%s is geen code van een gemeente."), r->gemeente);
    return WIJK_OK;
}

enum wijk_err wijk__def_recipe(const struct wijk__def *d, const struct wijk_yaml *file,
                               struct wijk__def_set *set)
{
    struct wijk_recipe *r = &set->recipe[set->defs.n_recipe];
    if (set->defs.n_recipe == WIJK__RECIPES_MAX)
        return wijk__def_fail(d, file->line, WIJK_T("er zijn te veel wegingen."), "");
    *r = (struct wijk_recipe){.min_known = 0.75, .step = 1};
    WIJK_TRY(wijk__def_read_map(d, file, FIELD, COUNT(FIELD), false, r));
    WIJK_TRY(read_rest(d, file, r));
    WIJK_TRY(read_dimensions(d, file, r));
    WIJK_TRY(read_inputs(d, file, r));
    WIJK_TRY(read_classes(d, file, r));
    WIJK_TRY(wijk__def_record(d, wijk_yaml_get(file, "record"), &r->record));
    if (wijk_defs_recipe(&set->defs, r->id) || wijk_defs_method(&set->defs, r->id))
        return wijk__def_fail(d, file->line, WIJK_T("de naam %s is al van een andere weging of methode."),
                              r->id);
    set->recipe_at[set->defs.n_recipe++] = (struct wijk__def_place){d->file, file->line};
    return WIJK_OK;
}

/* ---- what it says of indicators ---- */

/* Who lives somewhere is never an input (origin, income, age ...), and a count says more of the size of an
 * area than of how it fares. */
static enum wijk_err check_input(const struct wijk__def *d, const struct wijk_defs *defs,
                                 struct wijk_recipe_input *in)
{
    const struct wijk_indicator *i = wijk_defs_indicator(defs, in->indicator);
    if (!i) return wijk__def_fail(d, in->line, WIJK_T("de indicator %s bestaat niet."), in->indicator);
    if (i->composition)
        return wijk__def_fail(d, in->line, WIJK_T("%s zegt wie er wonen; dat telt nooit mee in een weging."),
                              i->id);
    if (!in->sign) in->sign = i->direction == WIJK_DIRECTION_DOWN ? -1 : i->direction == WIJK_DIRECTION_UP;
    if (!in->sign)
        return wijk__def_fail(d, in->line, WIJK_T("bij %s ontbreekt de richting (direction: up of down)."),
                              i->id);
    if (*in->per && !wijk_defs_indicator(defs, in->per))
        return wijk__def_fail(d, in->line, WIJK_T("de indicator %s bestaat niet."), in->per);
    if (!*in->per && i->aggregation == WIJK_AGGREGATE_SUM)
        return wijk__def_fail(d, in->line,
                              WIJK_T("%s is een aantal: geef met per waar het van is, zoals per: residents."),
                              i->id);
    return WIJK_OK;
}

enum wijk_err wijk__def_recipe_check(const struct wijk__def *d, const struct wijk_defs *defs,
                                     struct wijk_recipe *r)
{
    struct wijk_recipe_input *v = WIJK_NEW(d->cx, struct wijk_recipe_input, r->n_input);
    memcpy(v, r->input, r->n_input * sizeof *v);
    for (size_t k = 0; k < r->n_input; k++) WIJK_TRY(check_input(d, defs, &v[k]));
    r->input = v;
    return WIJK_OK;
}

enum wijk_err wijk_recipe_read(struct wijk_cx *cx, const struct wijk_defs *defs, struct wijk_str bytes,
                               const char *name, const struct wijk_recipe **out)
{
    const struct wijk_yaml *yaml;
    struct wijk__def d = {cx, name};
    struct wijk_recipe *room = WIJK_NEW(cx, struct wijk_recipe, WIJK__RECIPES_MAX);
    struct wijk__def_place *place = WIJK_NEW(cx, struct wijk__def_place, WIJK__RECIPES_MAX);
    struct wijk__def_set set = {.recipe = room, .recipe_at = place};
    WIJK_TRY(wijk_yaml_read(cx, bytes, name, &yaml));
    WIJK_TRY(wijk__def_recipe(&d, yaml, &set));
    WIJK_TRY(wijk__def_recipe_check(&d, defs, room));
    *out = room;
    return WIJK_OK;
}
