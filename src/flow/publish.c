/* SPDX-License-Identifier: EUPL-1.2 */
/* Making public: one proposes a version of a thing, another agrees, and that very version is what everybody
 * sees. */
#include "flow/proposal_int.h"

#include <string.h>

static const char KIND[] = "openbaar";

static const struct wijk__public_kind *const PUBLIC[] = {&wijk__public_partner, &wijk__public_offer};

/* A proposal's object is "kind:object", its body {"versie":N}. */
struct about {
    const struct wijk__public_kind *kind;
    const char *object;
    int64_t version;
};

static const struct wijk__public_kind *kind_of(struct wijk_str kind)
{
    for (size_t k = 0; k < sizeof PUBLIC / sizeof *PUBLIC; k++)
        if (wijk_str_eq(wijk_str(PUBLIC[k]->kind), kind)) return PUBLIC[k];
    return NULL;
}

static enum wijk_err about_of(struct wijk_cx *cx, const struct wijk_proposal *p, struct about *out)
{
    static const char BEFORE[] = "{\"versie\":";
    const char *mark = strchr(p->object, ':');
    struct wijk_str body = wijk_str(p->body);
    const size_t n = sizeof BEFORE - 1;
    out->kind = mark ? kind_of((struct wijk_str){p->object, (size_t)(mark - p->object)}) : NULL;
    out->object = mark ? mark + 1 : "";
    if (out->kind && wijk_str_starts(body, BEFORE) && body.n > n + 1 &&
        wijk_int_parse((struct wijk_str){body.p + n, body.n - n - 1}, 1, INT64_MAX, &out->version))
        return WIJK_OK;
    return wijk_fail(cx, WIJK_EDATA, "Dit voorstel is niet te lezen.");
}

/* ---- asking ---- */

struct ask {
    const struct wijk_deed *d;
    const char *gemeente, *kind, *object;
    int64_t version, *proposal;
};

static enum wijk_err open_one(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                              const char *object, const struct wijk_proposal **out)
{
    enum { MANY = 500 };
    const struct wijk_proposal *v;
    size_t n;
    *out = NULL;
    WIJK_TRY(wijk_store_list_proposals(cx, store, gemeente, KIND, true, MANY, &v, &n));
    for (size_t k = 0; k < n; k++)
        if (strcmp(v[k].object, object) == 0) *out = &v[k];
    return WIJK_OK;
}

static enum wijk_err ask(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct ask *v = arg;
    const struct wijk__public_kind *kind = kind_of(wijk_str(v->kind));
    const struct wijk_proposal *open;
    struct wijk_object o;
    int64_t version;
    const char *name;
    if (!kind) return wijk_fail(cx, WIJK_EDATA, "«%s» is niets dat openbaar gemaakt kan worden.", v->kind);
    WIJK_TRY(kind->look(cx, store, v->gemeente, v->object, &o, &version, &name));
    if (!wijk__deed_sees(v->d, &o)) return wijk_fail(cx, WIJK_ENOTFOUND, "Dit is er niet.");
    WIJK_TRY(wijk_deed_may(cx, v->d, WIJK_RIGHT_PUBLISH_ASK, &o));
    if (o.sharing == WIJK_SHARING_PUBLIC) return wijk_fail(cx, WIJK_EDATA, "Deze versie is al openbaar.");
    if (o.sharing != WIJK_SHARING_PARTNERS) /* who decides has to see it first */
        return wijk_fail(cx, WIJK_EDATA,
                         "Deel dit eerst met partners, zodat iemand anders het kan bekijken.");
    if (version != v->version)
        return wijk_fail(cx, WIJK_ECONFLICT,
                         "Iemand anders heeft dit intussen gewijzigd. Bekijk het eerst opnieuw.");
    struct wijk_proposal p = {.gemeente = o.gemeente,
                              .kind = KIND,
                              .object = wijk_sprintf(cx, "%s:%s", v->kind, v->object),
                              .body = wijk_sprintf(cx, "{\"versie\":%lld}", (long long)version),
                              .why = v->d->why,
                              .made_by = v->d->actor->account,
                              .made_at = v->d->now};
    WIJK_TRY(open_one(cx, store, p.gemeente, p.object, &open));
    if (open) return wijk_fail(cx, WIJK_EEXISTS, "Dit is al voorgesteld; iemand anders besluit erover.");
    WIJK_TRY(wijk_store_add_proposal(cx, store, &p));
    *v->proposal = p.id;
    return wijk_deed_log(cx, store, v->d, WIJK_DONE_PROPOSE, p.gemeente, v->kind, v->object, NULL, p.body);
}

enum wijk_err wijk_flow_publish_ask(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                    const char *gemeente, const char *kind, const char *object,
                                    int64_t version, int64_t *proposal)
{
    if (!d->actor) return wijk_fail(cx, WIJK_EUSAGE, "Een voorstel komt van iemand.");
    if (!d->actor->account) return wijk__refuse(cx, WIJK_MAY_LOGIN);
    WIJK_TRY(wijk__text_check(cx, d->why ? d->why : "", WIJK_T("de reden"), WIJK_WHY_MAX, true, ""));
    return wijk_store_joined(cx, store, ask, &(struct ask){d, gemeente, kind, object, version, proposal});
}

enum wijk_err wijk__proposals_lapse(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                    const char *gemeente, const char *kind, const char *object)
{
    const struct wijk_proposal *open;
    WIJK_TRY(open_one(cx, store, gemeente, wijk_sprintf(cx, "%s:%s", kind, object), &open));
    if (!open) return WIJK_OK;
    struct wijk_proposal next = *open;
    next.verdict = WIJK_PROPOSAL_WITHDRAWN;
    next.decided_by = d->actor ? d->actor->account : open->made_by; /* of the machine nobody is known */
    next.decided_at = d->now;
    next.answer = wijk_tr(cx, "Er kwam een nieuwe versie.");
    return wijk_store_decide_proposal(cx, store, &next);
}

/* ---- the line in the list of kinds ---- */

static enum wijk_err tell(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_proposal *p,
                          struct wijk__proposal_about *out)
{
    struct about a;
    int64_t version;
    const char *name;
    WIJK_TRY(about_of(cx, p, &a));
    enum wijk_err err = a.kind->look(cx, store, p->gemeente, a.object, &out->object, &version, &name);
    if (err == WIJK_ENOTFOUND) { /* it was removed since */
        out->object = (struct wijk_object){.gemeente = p->gemeente, .sharing = WIJK_SHARING_ORGANISATION};
        name = p->object;
        err = WIJK_OK;
    }
    if (!err && out->object.partner && *out->object.partner)
        out->path = wijk_sprintf(cx, "/wie-doet-wat/%s", out->object.partner);
    if (!err)
        out->what =
            wijk_sprintf(cx, wijk_tr(cx, "Maak openbaar: %s, versie %lld"), name, (long long)a.version);
    return err;
}

static enum wijk_err agreed(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                            const struct wijk_proposal *p)
{
    struct about a;
    WIJK_TRY(about_of(cx, p, &a));
    WIJK_TRY(a.kind->publish(cx, store, p->gemeente, a.object, a.version, d->now));
    return wijk_deed_log(cx, store, d, WIJK_DONE_PUBLISH, p->gemeente, a.kind->kind, a.object, NULL, p->body);
}

const struct wijk__proposal_kind wijk__proposal_publish = {
    KIND, WIJK_RIGHT_PUBLISH_DECIDE, tell, agreed, NULL, NULL};
