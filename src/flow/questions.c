/* SPDX-License-Identifier: EUPL-1.2 */
/* «Vragen aan mij»: what waits for one person, gathered from where it stands. */
#include "flow/flow_int.h"
#include "flow/moderation_flow.h"
#include "flow/people_int.h"
#include "store/signal_store.h"

#include <string.h>

enum { MANY = 200 };

#define X(name, id, words) {id, words},
static const struct wijk_word KIND[] = {WIJK_QUESTIONS(X)};
#undef X

const char *wijk_question_id(enum wijk_question_kind k)
{
    return KIND[k].id;
}

const char *wijk_question_words(enum wijk_question_kind k)
{
    return KIND[k].words;
}

struct gathering {
    struct wijk_cx *cx;
    struct wijk_store *store;
    const struct wijk_snapshot *s;
    const struct wijk_deed *d;
    struct wijk_question *v;
    size_t n, cap;
};

static void put(struct gathering *g, struct wijk_question q)
{
    g->v = wijk_grow(g->cx, g->v, g->n, &g->cap, sizeof *g->v);
    g->v[g->n++] = q;
}

static enum wijk_err proposals(struct gathering *g, const char *gemeente)
{
    const struct wijk_flow_proposal *p;
    size_t n;
    WIJK_TRY(wijk_flow_proposals(g->cx, g->store, g->d, gemeente, true, &p, &n));
    for (size_t k = 0; k < n; k++)
        if (p[k].may_decide)
            put(g, (struct wijk_question){.kind = strcmp(p[k].p->kind, KIND[WIJK_QUESTION_OBJECTION].id) == 0
                                                      ? WIJK_QUESTION_OBJECTION
                                                      : WIJK_QUESTION_PROPOSAL,
                                          .object = wijk__nr(g->cx, p[k].p->id),
                                          .what = p[k].what,
                                          .path = "/voorstellen",
                                          .at = p[k].p->made_at});
    return WIJK_OK;
}

static enum wijk_err taken(struct gathering *g, const char *gemeente)
{
    const struct wijk_flow_moderations_in in = {.gemeente = gemeente, .mine = true, .n_max = MANY};
    const struct wijk_moderation_view *v;
    size_t n;
    WIJK_TRY(wijk_flow_moderations(g->cx, g->store, g->d, &in, &v, &n));
    for (size_t k = 0; k < n; k++) {
        const struct wijk_moderation *m = v[k].m;
        if (m->seen_at) continue;
        put(g, (struct wijk_question){.kind = WIJK_QUESTION_TAKEN,
                                      .object = m->name,
                                      .what = wijk_sprintf(g->cx, "%s: %s (%s).",
                                                           wijk_tr(g->cx, wijk_said_kind_words(m->of.kind)),
                                                           wijk_tr(g->cx, wijk_mod_state_words(m->state)),
                                                           wijk_tr(g->cx, wijk_mod_reason_words(m->reason))),
                                      .path = "/moderatie",
                                      .ends = true,
                                      .at = m->made_at});
    }
    return WIJK_OK;
}

static const char *buurt_name(const struct wijk_snapshot *s, const char *code)
{
    const struct wijk_snapshot_division *d = wijk_snapshot_division(s, WIJK_LEVEL_BUURT, 0);
    size_t at = d ? wijk_area_find(d->index, code) : SIZE_MAX;
    return at == SIZE_MAX ? code : d->areas.v[at].name;
}

static enum wijk_err replies(struct gathering *g)
{
    const struct wijk_signal_unseen *v;
    size_t n;
    WIJK_TRY(wijk_store_unseen_replies(g->cx, g->store, g->d->actor->account, MANY, &v, &n));
    for (size_t k = 0; k < n; k++) {
        const struct wijk_theme *t = wijk_defs_theme(g->s->defs, v[k].theme);
        const char *theme = !t ? v[k].theme : wijk_cx_lang(g->cx) == WIJK_EN ? t->label_en : t->label_nl;
        put(g, (struct wijk_question){
                   .kind = WIJK_QUESTION_REPLY,
                   .object = wijk_sprintf(g->cx, "%s.%d", v[k].signal, v[k].nr),
                   .what = wijk_sprintf(g->cx, wijk_tr(g->cx, "Antwoord op uw signaal over %s in %s."), theme,
                                        buurt_name(g->s, v[k].buurt)),
                   .path = "/mijn-wijk#teruggekoppeld",
                   .ends = true,
                   .at = v[k].reply.made_at});
    }
    return WIJK_OK;
}

enum wijk_err wijk_flow_questions(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_snapshot *s,
                                  const struct wijk_deed *d, const struct wijk_question **out, size_t *n)
{
    struct gathering g = {.cx = cx, .store = store, .s = s, .d = d};
    if (!d->actor) return wijk_fail(cx, WIJK_EUSAGE, "Vragen zijn aan iemand.");
    if (!d->actor->account) return wijk__refuse(cx, WIJK_MAY_LOGIN);
    if (!(d->actor->scopes & 1u << WIJK_SCOPE_READ)) return wijk__refuse(cx, WIJK_MAY_SCOPE);
    const char *gemeente = d->actor->n_grant ? d->actor->grant[0].gemeente : NULL;
    if (gemeente) WIJK_TRY(proposals(&g, gemeente));
    WIJK_TRY(taken(&g, gemeente));
    WIJK_TRY(replies(&g));
    *out = g.v;
    *n = g.n;
    return WIJK_OK;
}

enum wijk_err wijk_flow_question_seen(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                      const char *kind, const char *object)
{
    const char *dot = strchr(object, '.');
    const int64_t account = d->actor ? d->actor->account : 0;
    int64_t nr;
    if (!account) return wijk__refuse(cx, WIJK_MAY_LOGIN);
    if (strcmp(kind, KIND[WIJK_QUESTION_REPLY].id) == 0) {
        if (!dot || !wijk_int_parse(wijk_str(dot + 1), 1, INT32_MAX, &nr))
            return wijk_fail(cx, WIJK_ENOTFOUND, "Dit antwoord is er niet.");
        return wijk_store_reply_seen(cx, store, account,
                                     wijk_sprintf(cx, "%.*s", (int)(dot - object), object), nr, d->now);
    }
    if (strcmp(kind, KIND[WIJK_QUESTION_TAKEN].id) == 0) {
        const struct wijk_moderation *m;
        WIJK_TRY(wijk_store_find_moderation(cx, store, object, &m));
        const struct wijk_moderation_view *v;
        const struct wijk_flow_moderations_in in = {
            .gemeente = m ? m->of.gemeente : NULL, .mine = true, .n_max = 0};
        size_t n = 0, k = 0;
        if (m) WIJK_TRY(wijk_flow_moderations(cx, store, d, &in, &v, &n));
        while (k < n && v[k].m->id != m->id) k++;
        if (k == n) return wijk_fail(cx, WIJK_ENOTFOUND, "Dit is er niet, of u mag het niet zien.");
        struct wijk_moderation now = *m;
        now.seen_at = d->now;
        return wijk_store_save_moderation(cx, store, &now);
    }
    return wijk_fail(cx, WIJK_EDATA, "Kies uit moderatie en terugkoppeling.");
}
