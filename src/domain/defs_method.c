/* SPDX-License-Identifier: EUPL-1.2 */
/* defs/methods/METHOD.yaml: a livability method, its dimensions, class words and class limits by release. */
#include "domain/domain_int.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#define AT(member) offsetof(struct wijk_method, member)
static const struct wijk__def_field FIELD[] = {
    {"id", WIJK__DEF_ID, true, AT(id), 0, NULL},
    {"version", WIJK__DEF_TEXT, true, AT(version), 0, NULL},
    {"label", WIJK__DEF_PAIR, true, AT(label_nl), AT(label_en), NULL},
    {"total", WIJK__DEF_ID, true, AT(total), 0, NULL},
    {"score", WIJK__DEF_ID, false, AT(score), 0, NULL},
    {"delivered_class", WIJK__DEF_ID, false, AT(delivered_class), 0, NULL},
    {"earlier", WIJK__DEF_ID, false, AT(earlier), 0, NULL},
    {"sum_tolerance", WIJK__DEF_NUMBER, true, AT(sum_tolerance), 0, NULL},
    {"dimensions", WIJK__DEF_OTHER, true, 0, 0, NULL},
    {"classes", WIJK__DEF_OTHER, true, 0, 0, NULL},
    {"limits", WIJK__DEF_OTHER, false, 0, 0, NULL},
};
#undef AT
#define AT(member) offsetof(struct wijk_method_dimension, member)
static const struct wijk__def_field DIMENSION_FIELD[] = {
    {"id", WIJK__DEF_ID, true, AT(id), 0, NULL},
    {"label", WIJK__DEF_PAIR, true, AT(label_nl), AT(label_en), NULL},
    {"indicator", WIJK__DEF_ID, true, AT(indicator), 0, NULL},
    {"beside", WIJK__DEF_OTHER, false, 0, 0, NULL},
};
#undef AT
static const struct wijk__def_field LIMITS_FIELD[] = {
    {"release", WIJK__DEF_TEXT, true, offsetof(struct wijk_class_limits, release), 0, NULL},
    {"deviation", WIJK__DEF_OTHER, true, 0, 0, NULL},
};
struct class_word {
    const char *nl, *en;
};
static const struct wijk__def_field WORD_FIELD[] = {
    {"nl", WIJK__DEF_TEXT, true, offsetof(struct class_word, nl), 0, NULL},
    {"en", WIJK__DEF_TEXT, true, offsetof(struct class_word, en), 0, NULL},
};
#define COUNT(table) (sizeof(table) / sizeof *(table))

static enum wijk_err read_beside(const struct wijk__def *d, const struct wijk_yaml *map,
                                 struct wijk_method_dimension *m)
{
    const struct wijk_yaml *list;
    if (!wijk_yaml_get(map, "beside")) return WIJK_OK;
    WIJK_TRY(wijk__def_list(d, map, "beside", WIJK_BESIDE_MAX, &list));
    for (size_t k = 0; k < list->n; k++) {
        if (list->child[k]->kind != WIJK_YAML_SCALAR)
            return wijk__def_fail(d, list->child[k]->line,
                                  WIJK_T("onder %s hoort een lijst van indicatoren."), "beside");
        m->beside[k] = list->child[k]->text;
        m->n_beside = k + 1;
    }
    return WIJK_OK;
}

static enum wijk_err read_dimensions(const struct wijk__def *d, const struct wijk_yaml *map,
                                     struct wijk_method *m)
{
    const struct wijk_yaml *list;
    WIJK_TRY(wijk__def_list(d, map, "dimensions", WIJK_DIMENSIONS_MAX, &list));
    for (size_t k = 0; k < list->n; k++) {
        struct wijk_method_dimension *new = &m->dimension[k];
        WIJK_TRY(wijk__def_read_map(d, list->child[k], DIMENSION_FIELD, COUNT(DIMENSION_FIELD), false, new));
        WIJK_TRY(read_beside(d, list->child[k], new));
        for (size_t j = 0; j < k; j++) {
            bool same = strcmp(m->dimension[j].id, new->id) == 0 ||
                        strcmp(m->dimension[j].indicator, new->indicator) == 0;
            if (same)
                return wijk__def_fail(d, list->child[k]->line, WIJK_T("de dimensie %s staat er twee keer."),
                                      new->id);
        }
        m->n_dimension = k + 1;
    }
    return WIJK_OK;
}

static enum wijk_err read_classes(const struct wijk__def *d, const struct wijk_yaml *map,
                                  struct wijk_method *m)
{
    const struct wijk_yaml *list;
    WIJK_TRY(wijk__def_list(d, map, "classes", WIJK_CLASSES, &list));
    if (list->n != WIJK_CLASSES)
        return wijk__def_fail(d, list->line, WIJK_T("er horen negen klassen te staan."), "");
    for (size_t k = 0; k < list->n; k++) {
        struct class_word word;
        WIJK_TRY(wijk__def_read_map(d, list->child[k], WORD_FIELD, COUNT(WORD_FIELD), false, &word));
        m->class_nl[k] = word.nl;
        m->class_en[k] = word.en;
    }
    return WIJK_OK;
}

static enum wijk_err read_limits_of(const struct wijk__def *d, const struct wijk_yaml *map,
                                    struct wijk_class_limits *limits)
{
    const struct wijk_yaml *list;
    WIJK_TRY(wijk__def_read_map(d, map, LIMITS_FIELD, COUNT(LIMITS_FIELD), false, limits));
    WIJK_TRY(wijk__def_list(d, map, "deviation", WIJK_CLASSES - 1, &list));
    if (list->n != WIJK_CLASSES - 1)
        return wijk__def_fail(d, list->line, WIJK_T("tussen negen klassen liggen acht grenzen."), "");
    for (size_t k = 0; k < list->n; k++) {
        WIJK_TRY(wijk__def_number(d, list->child[k], "deviation", &limits->limit[k]));
        if (k > 0 && !(limits->limit[k] > limits->limit[k - 1]))
            return wijk__def_fail(d, list->child[k]->line,
                                  WIJK_T("de grens %s is niet hoger dan de grens ervoor."),
                                  list->child[k]->text);
    }
    return WIJK_OK;
}

static enum wijk_err read_limits(const struct wijk__def *d, const struct wijk_yaml *map,
                                 struct wijk_method *m)
{
    const struct wijk_yaml *list;
    if (!wijk_yaml_get(map, "limits")) return WIJK_OK; /* then no class is derived */
    WIJK_TRY(wijk__def_list(d, map, "limits", WIJK__LIMITS_MAX, &list));
    struct wijk_class_limits *limits = WIJK_NEW(d->cx, struct wijk_class_limits, list->n);
    for (size_t k = 0; k < list->n; k++) {
        WIJK_TRY(read_limits_of(d, list->child[k], &limits[k]));
        for (size_t j = 0; j < k; j++)
            if (strcmp(limits[j].release, limits[k].release) == 0)
                return wijk__def_fail(d, list->child[k]->line,
                                      WIJK_T("de grenzen van uitgave %s staan er twee keer."),
                                      limits[k].release);
    }
    m->limits = limits;
    m->n_limits = list->n;
    return WIJK_OK;
}

enum wijk_err wijk__def_method(const struct wijk__def *d, const struct wijk_yaml *file,
                               struct wijk__def_set *set)
{
    struct wijk_method *m = &set->method[set->defs.n_method];
    if (set->defs.n_method == WIJK__METHODS_MAX)
        return wijk__def_fail(d, file->line, WIJK_T("er zijn te veel methoden."), "");
    *m = (struct wijk_method){0};
    WIJK_TRY(wijk__def_read_map(d, file, FIELD, COUNT(FIELD), false, m));
    if (!(m->sum_tolerance >= 0))
        return wijk__def_fail(d, file->line, WIJK_T("bij %s is sum_tolerance kleiner dan 0."), m->id);
    WIJK_TRY(read_dimensions(d, file, m));
    WIJK_TRY(read_classes(d, file, m));
    WIJK_TRY(read_limits(d, file, m));
    if (wijk_defs_method(&set->defs, m->id))
        return wijk__def_fail(d, file->line, WIJK_T("de methode %s bestaat al."), m->id);
    set->method_at[set->defs.n_method++] = (struct wijk__def_place){d->file, file->line};
    return WIJK_OK;
}
