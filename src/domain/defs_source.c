/* SPDX-License-Identifier: EUPL-1.2 */
/* defs/sources/SOURCE.yaml: who publishes it, under which licence. The other keys are its mapping; import
 * reads them. */
#include "domain/domain_int.h"

#include <stddef.h>
#include <string.h>

#define AT(member) offsetof(struct wijk_source, member)
static const struct wijk__def_field FIELD[] = {
    {"id", WIJK__DEF_ID, true, AT(id), 0, NULL},
    {"title", WIJK__DEF_PAIR, true, AT(title_nl), AT(title_en), NULL},
    {"publisher", WIJK__DEF_TEXT, true, AT(publisher), 0, NULL},
    {"licence", WIJK__DEF_TEXT, true, AT(licence), 0, NULL},
    {"homepage", WIJK__DEF_TEXT, false, AT(homepage), 0, NULL},
    {"table", WIJK__DEF_TEXT, false, AT(table), 0, NULL},
    {"format", WIJK__DEF_ID, true, AT(format), 0, NULL},
    {"release", WIJK__DEF_TEXT, false, AT(release), 0, NULL},
    {"method_version", WIJK__DEF_TEXT, false, AT(method_version), 0, NULL},
    {"attribution", WIJK__DEF_TEXT, true, AT(attribution), 0, NULL},
    {"precedence", WIJK__DEF_WHOLE, false, AT(precedence), 0, NULL},
};
#undef AT

enum wijk_err wijk__def_source(const struct wijk__def *d, const struct wijk_yaml *file,
                               struct wijk__def_set *set)
{
    struct wijk_source *s = &set->source[set->defs.n_source];
    if (set->defs.n_source == WIJK__SOURCES_MAX)
        return wijk__def_fail(d, file->line, WIJK_T("er zijn te veel bronnen."), "");
    *s = (struct wijk_source){.precedence = WIJK_PRECEDENCE, .yaml = file};
    WIJK_TRY(wijk__def_read_map(d, file, FIELD, sizeof FIELD / sizeof *FIELD, true, s));
    if (wijk_defs_source(&set->defs, s->id))
        return wijk__def_fail(d, file->line, WIJK_T("de bron %s bestaat al."), s->id);
    set->source_at[set->defs.n_source++] = (struct wijk__def_place){d->file, file->line};
    return WIJK_OK;
}

enum wijk_err wijk__def_source_disclosure(const struct wijk__def *d, const struct wijk_defs *defs,
                                          const struct wijk_source *s)
{
    const struct wijk_yaml *map = wijk_yaml_get(s->yaml, "disclosure");
    if (!map) return WIJK_OK;
    if (map->kind != WIJK_YAML_MAP)
        return wijk__def_fail(d, map->line, WIJK_T("bij %s horen indicatoren met elk een soort."),
                              "disclosure");
    for (size_t k = 0; k < map->n; k++) {
        const struct wijk_yaml *word = map->child[k];
        bool known = false;
        if (!wijk_defs_indicator(defs, map->key[k]))
            return wijk__def_fail(d, word->line, WIJK_T("de indicator %s bestaat niet."), map->key[k]);
        for (size_t i = 0; word->kind == WIJK_YAML_SCALAR && wijk__def_disclosures[i]; i++)
            known = known || strcmp(word->text, wijk__def_disclosures[i]) == 0;
        if (!known)
            return wijk__def_fail(d, word->line, WIJK_T("bij %s hoort open, count, share of money."),
                                  map->key[k]);
    }
    return WIJK_OK;
}

const char *wijk_source_disclosure(const struct wijk_source *s, const char *indicator)
{
    const struct wijk_yaml *map = s && s->yaml ? wijk_yaml_get(s->yaml, "disclosure") : NULL;
    return map ? wijk_yaml_text(map, indicator, "open") : "open";
}
