/* SPDX-License-Identifier: EUPL-1.2 */
/* defs/peers/RECIPE.yaml: by what areas are alike. defs/perceptions/PAIR.yaml: what people say beside what is
 * counted. Both are checked when all indicators are known: an area is never compared by who lives there, and
 * a score never by its own parts. */
#include "domain/domain_int.h"

#include <stddef.h>
#include <string.h>

#define AT(member) offsetof(struct wijk_peer_recipe, member)
static const struct wijk__def_field RECIPE_FIELD[] = {
    {"id", WIJK__DEF_ID, true, AT(id), 0, NULL},
    {"label", WIJK__DEF_PAIR, true, AT(label_nl), AT(label_en), NULL},
    {"inputs", WIJK__DEF_OTHER, true, 0, 0, NULL},
};
#undef AT
#define AT(member) offsetof(struct wijk_perception_pair, member)
static const struct wijk__def_field PAIR_FIELD[] = {
    {"id", WIJK__DEF_ID, true, AT(id), 0, NULL},
    {"label", WIJK__DEF_PAIR, true, AT(label_nl), AT(label_en), NULL},
    {"said", WIJK__DEF_ID, true, AT(said), 0, NULL},
    {"fact", WIJK__DEF_ID, true, AT(fact), 0, NULL},
    {"trouble", WIJK__DEF_PAIR, true, AT(trouble_nl), AT(trouble_en), NULL},
};
#undef AT
#define COUNT(table) (sizeof(table) / sizeof *(table))

const struct wijk_peer_recipe *wijk_defs_peers(const struct wijk_defs *d, const char *id)
{
    for (size_t i = 0; i < d->n_peers; i++)
        if (strcmp(d->peers[i].id, id) == 0) return &d->peers[i];
    return NULL;
}

enum wijk_err wijk__def_peers(const struct wijk__def *d, const struct wijk_yaml *file,
                              struct wijk__def_set *set)
{
    const struct wijk_yaml *list;
    if (set->defs.n_peers == WIJK__PEERS_MAX)
        return wijk__def_fail(d, file->line, WIJK_T("er zijn te veel recepten."), "");
    struct wijk_peer_recipe *r = &set->peers[set->defs.n_peers];
    WIJK_TRY(wijk__def_read_map(d, file, RECIPE_FIELD, COUNT(RECIPE_FIELD), false, r));
    WIJK_TRY(wijk__def_list(d, file, "inputs", WIJK_PEER_INPUTS, &list));
    for (size_t k = 0; k < list->n; k++) {
        if (list->child[k]->kind != WIJK_YAML_SCALAR)
            return wijk__def_fail(d, list->child[k]->line,
                                  WIJK_T("onder %s hoort een lijst van indicatoren."), "inputs");
        for (size_t j = 0; j < k; j++)
            if (strcmp(r->input[j], list->child[k]->text) == 0)
                return wijk__def_fail(d, list->child[k]->line, WIJK_T("de indicator %s staat er twee keer."),
                                      r->input[j]);
        r->input[k] = list->child[k]->text;
        r->n_input = k + 1;
    }
    if (wijk_defs_peers(&set->defs, r->id))
        return wijk__def_fail(d, file->line, WIJK_T("het recept %s bestaat al."), r->id);
    set->peers_at[set->defs.n_peers++] = (struct wijk__def_place){d->file, file->line};
    return WIJK_OK;
}

enum wijk_err wijk__def_perception(const struct wijk__def *d, const struct wijk_yaml *file,
                                   struct wijk__def_set *set)
{
    if (set->defs.n_perception == WIJK__PEERS_MAX)
        return wijk__def_fail(d, file->line, WIJK_T("er zijn te veel recepten."), "");
    struct wijk_perception_pair *p = &set->perception[set->defs.n_perception];
    WIJK_TRY(wijk__def_read_map(d, file, PAIR_FIELD, COUNT(PAIR_FIELD), false, p));
    for (size_t i = 0; i < set->defs.n_perception; i++)
        if (strcmp(set->perception[i].id, p->id) == 0)
            return wijk__def_fail(d, file->line, WIJK_T("het recept %s bestaat al."), p->id);
    set->perception_at[set->defs.n_perception++] = (struct wijk__def_place){d->file, file->line};
    return WIJK_OK;
}

/* ---- what they say of indicators ---- */

const char *wijk_peer_input_fault(const struct wijk_indicator *i)
{
    if (i->composition) return WIJK_T("%s gaat over wie er woont: daarop wordt een gebied niet beoordeeld.");
    if (i->method[0]) return WIJK_T("%s is zelf een deel van een score.");
    if (i->kind == WIJK_KIND_SAID) return WIJK_T("%s is wat inwoners zeggen; dat staat naast de feiten.");
    return NULL;
}

enum wijk_err wijk__def_peers_check(const struct wijk__def *d, size_t line, const struct wijk_defs *defs,
                                    const struct wijk_peer_recipe *r)
{
    for (size_t k = 0; k < r->n_input; k++) {
        const struct wijk_indicator *i = wijk_defs_indicator(defs, r->input[k]);
        if (!i) return wijk__def_fail(d, line, WIJK_T("de indicator %s bestaat niet."), r->input[k]);
        const char *fault = wijk_peer_input_fault(i);
        if (fault) return wijk__def_fail(d, line, fault, i->id);
    }
    return WIJK_OK;
}

enum wijk_err wijk__def_perception_check(const struct wijk__def *d, size_t line, const struct wijk_defs *defs,
                                         const struct wijk_perception_pair *p)
{
    const struct wijk_indicator *said = wijk_defs_indicator(defs, p->said),
                                *fact = wijk_defs_indicator(defs, p->fact);
    if (!said || !fact)
        return wijk__def_fail(d, line, WIJK_T("de indicator %s bestaat niet."), said ? p->fact : p->said);
    if (said->kind != WIJK_KIND_SAID)
        return wijk__def_fail(d, line, WIJK_T("%s is geen indicator van wat inwoners zeggen."), p->said);
    const char *fault = wijk_peer_input_fault(fact);
    if (fault) return wijk__def_fail(d, line, fault, fact->id);
    if (said->direction == WIJK_DIRECTION_NONE || fact->direction == WIJK_DIRECTION_NONE)
        return wijk__def_fail(d, line, WIJK_T("van %s is niet gezegd wat meer of minder betekent."),
                              said->direction == WIJK_DIRECTION_NONE ? p->said : p->fact);
    return WIJK_OK;
}
