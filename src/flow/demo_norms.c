/* SPDX-License-Identifier: EUPL-1.2 */
/* The local norms of the demo, from `norms` in defs/demo/truth.yaml: one account proposes and another
 * decides, by the recipes that people use; then both are gone, as of people who left. */
#include "flow/demo.h"
#include "flow/norm_flow.h"

#include <string.h>

static const char FILE_NAME[] = "demo/truth.yaml", GEMEENTE[] = "GM9901";
static const struct wijk_grant ASKS[] = {{GEMEENTE, "", WIJK_ROLE_DIRECTOR}},
                               DECIDES[] = {{GEMEENTE, "", WIJK_ROLE_NORMS}};

static enum wijk_err bad(struct wijk_cx *cx, const struct wijk_yaml *at, const char *what)
{
    return wijk_fail(cx, WIJK_EDEF, "%s regel %zu: %s klopt niet.", FILE_NAME, at->line, what);
}

static enum wijk_err add_actor(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_grant *g,
                               int64_t at, struct wijk_actor *out)
{
    struct wijk_account a = {
        .shown = "Voorbeeld", .gemeente = g->gemeente, .state = WIJK_ACCOUNT_ACTIVE, .made_at = at};
    WIJK_TRY(wijk_store_add_account(cx, store, &a));
    WIJK_TRY(wijk_store_add_grant(cx, store, a.id, g, at));
    *out = (struct wijk_actor){a.id, g, 1, true, WIJK_SCOPES_ALL};
    return WIJK_OK;
}

static enum wijk_err read_norm(struct wijk_cx *cx, const struct wijk_yaml *y, struct wijk_flow_norm_in *in)
{
    int64_t year = 0;
    const char *target = wijk_yaml_text(y, "target", NULL);
    *in = (struct wijk_flow_norm_in){.area = wijk_yaml_text(y, "area", ""),
                                     .indicator = wijk_yaml_text(y, "indicator", ""),
                                     .terms = {.from = ""}};
    in->terms.withdrawn = wijk_yaml_text(y, "withdrawn", NULL) != NULL;
    if (in->terms.withdrawn) return WIJK_OK;
    if (!wijk_norm_kind_parse(wijk_str(wijk_yaml_text(y, "kind", "")), &in->terms.kind))
        return bad(cx, y, "kind");
    if (!wijk_num_parse(wijk_str(wijk_yaml_text(y, "value", "")), WIJK_NUM_POINT, &in->terms.value))
        return bad(cx, y, "value");
    if (target && !wijk_int_parse(wijk_str(target), 2000, 2100, &year)) return bad(cx, y, "target");
    in->terms.target_year = (int)year;
    return WIJK_OK;
}

static enum wijk_err plant(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_defs *defs,
                           const struct wijk_yaml *y, const struct wijk_actor actor[2])
{
    struct wijk_deed asks = {&actor[0], "voorbeeld", 0, wijk_yaml_text(y, "why", NULL)},
                     decides = {&actor[1], "voorbeeld", 0, NULL};
    struct wijk_flow_norm_in in;
    struct wijk_flow_norm_clash clash;
    struct wijk_flow_norm was;
    int64_t proposal;
    WIJK_TRY(read_norm(cx, y, &in));
    if (!wijk_date_parse(wijk_str(wijk_yaml_text(y, "decided", "")), &asks.now)) return bad(cx, y, "decided");
    decides.now = asks.now;
    if (wijk_flow_norm(cx, store, defs, in.area, in.indicator, asks.now, &was) == WIJK_OK)
        in.version = (int64_t)was.n;
    WIJK_TRY(wijk_flow_norm_ask(cx, store, defs, &asks, &in, &proposal, &clash));
    return wijk_flow_proposal_decide(cx, store, &decides, proposal, WIJK_PROPOSAL_AGREED, NULL);
}

enum wijk_err wijk__demo_norms(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_defs *defs,
                               const struct wijk_yaml *yaml)
{
    const struct wijk_yaml *list = wijk_yaml_get(yaml, "norms");
    struct wijk_actor actor[2];
    int64_t first;
    if (!list || list->n == 0) return bad(cx, yaml, "norms");
    if (!wijk_date_parse(wijk_str(wijk_yaml_text(list->child[0], "decided", "")), &first))
        return bad(cx, list->child[0], "decided");
    WIJK_TRY(add_actor(cx, store, ASKS, first, &actor[0]));
    WIJK_TRY(add_actor(cx, store, DECIDES, first, &actor[1]));
    const struct wijk_deed machine = {.via = "voorbeeld", .now = first};
    for (size_t k = 0; k < list->n; k++) WIJK_TRY(plant(cx, store, defs, list->child[k], actor));
    for (size_t k = 0; k < 2; k++) WIJK_TRY(wijk_flow_account_remove(cx, store, &machine, actor[k].account));
    return WIJK_OK;
}
