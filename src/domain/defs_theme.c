/* SPDX-License-Identifier: EUPL-1.2 */
/* defs/themes/: what a signal is about. The figures beside it are checked when all indicators are known. */
#include "domain/domain_int.h"

#include <stddef.h>
#include <string.h>

#define AT(member) offsetof(struct wijk_theme, member)
static const struct wijk__def_field FIELD[] = {
    {"id", WIJK__DEF_ID, true, AT(id), 0, NULL},
    {"label", WIJK__DEF_PAIR, true, AT(label_nl), AT(label_en), NULL},
    {"about", WIJK__DEF_PAIR, true, AT(about_nl), AT(about_en), NULL},
    {"icon", WIJK__DEF_ID, true, AT(icon), 0, NULL},
    {"figures", WIJK__DEF_OTHER, false, 0, 0, NULL},
};
#undef AT
static const struct wijk__def_field FILE_FIELD[] = {{"themes", WIJK__DEF_OTHER, true, 0, 0, NULL}};

const struct wijk_theme *wijk_defs_theme(const struct wijk_defs *d, const char *id)
{
    for (size_t i = 0; i < d->n_theme; i++)
        if (strcmp(d->theme[i].id, id) == 0) return &d->theme[i];
    return NULL;
}

static enum wijk_err read_figures(const struct wijk__def *d, const struct wijk_yaml *map,
                                  struct wijk_theme *t)
{
    const struct wijk_yaml *list;
    if (!wijk_yaml_get(map, "figures")) return WIJK_OK;
    WIJK_TRY(wijk__def_list(d, map, "figures", WIJK_THEME_FIGURES, &list));
    for (size_t k = 0; k < list->n; k++) {
        if (list->child[k]->kind != WIJK_YAML_SCALAR)
            return wijk__def_fail(d, list->child[k]->line,
                                  WIJK_T("onder %s hoort een lijst van indicatoren."), "figures");
        t->figure[t->n_figure++] = list->child[k]->text;
    }
    return WIJK_OK;
}

enum wijk_err wijk__def_themes(const struct wijk__def *d, const struct wijk_yaml *file,
                               struct wijk__def_set *set)
{
    const struct wijk_yaml *list;
    struct wijk_theme none;
    WIJK_TRY(wijk__def_read_map(d, file, FILE_FIELD, 1, false, &none));
    WIJK_TRY(wijk__def_list(d, file, "themes", WIJK_THEMES_MAX, &list));
    for (size_t k = 0; k < list->n; k++) {
        if (set->defs.n_theme == WIJK_THEMES_MAX)
            return wijk__def_fail(d, list->child[k]->line, WIJK_T("er zijn te veel thema's."), "");
        struct wijk_theme *t = &set->theme[set->defs.n_theme];
        WIJK_TRY(wijk__def_read_map(d, list->child[k], FIELD, sizeof FIELD / sizeof *FIELD, false, t));
        WIJK_TRY(read_figures(d, list->child[k], t));
        if (wijk_defs_theme(&set->defs, t->id))
            return wijk__def_fail(d, list->child[k]->line, WIJK_T("het thema %s bestaat al."), t->id);
        set->theme_at[set->defs.n_theme++] = (struct wijk__def_place){d->file, list->child[k]->line};
    }
    return WIJK_OK;
}

enum wijk_err wijk__def_theme_check(const struct wijk__def *d, size_t line, const struct wijk_defs *defs,
                                    const struct wijk_theme *t)
{
    for (size_t k = 0; k < t->n_figure; k++)
        if (!wijk_defs_indicator(defs, t->figure[k]))
            return wijk__def_fail(d, line, WIJK_T("de indicator %s bestaat niet."), t->figure[k]);
    return WIJK_OK;
}
