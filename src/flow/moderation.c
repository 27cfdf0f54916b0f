/* SPDX-License-Identifier: EUPL-1.2 */
/* Taking a text away with a reason, putting it back, objecting, and deciding on that. The log holds what,
 * why and by whom; never a word of the text. */
#include "flow/moderation_flow.h"
#include "flow/proposal_int.h"
#include "store/signal_store.h"

#include <math.h>
#include <string.h>

static const char OBJECTION[] = "bezwaar";

/* ---- who ---- */

bool wijk_flow_may_moderate(const struct wijk_deed *d, const char *gemeente)
{
    const struct wijk_object o = {.gemeente = gemeente};
    return wijk__deed_could(d, WIJK_RIGHT_MODERATE, &o);
}

/* The role by which it is done. */
static const char *role_of(const struct wijk_deed *d, const char *gemeente)
{
    const struct wijk_actor *a = d->actor;
    for (size_t k = 0; a && k < a->n_grant; k++)
        if (strcmp(a->grant[k].gemeente, gemeente) == 0 &&
            wijk_right_reach(WIJK_RIGHT_MODERATE, a->grant[k].role) == WIJK_REACH_G)
            return wijk_role_id(a->grant[k].role);
    return "";
}

const char *wijk_moderator_words(struct wijk_cx *cx, const char *role)
{
    enum wijk_role r;
    return wijk_tr(cx,
                   wijk_role_parse(wijk_str(role), &r) ? wijk_role_words(r) : WIJK_T("beheer van de server"));
}

/* Of who wrote it; of a text of an organisation also of who may change it now. */
static bool is_mine(const struct wijk_deed *d, const struct wijk_moderation *m)
{
    const struct wijk_object o = {.gemeente = m->of.gemeente, .partner = m->partner};
    const enum wijk_right right =
        m->of.kind == WIJK_SAID_OFFER ? WIJK_RIGHT_OFFER_CHANGE : WIJK_RIGHT_PARTNER_CHANGE;
    if (!d->actor || !d->actor->account) return false;
    if (m->maker == d->actor->account) return true;
    return *m->partner && strcmp(role_of(d, m->of.gemeente), "") == 0 &&
           wijk_may(d->actor, right, &o) == WIJK_MAY_YES;
}

static const char *why_not(struct wijk_cx *cx, const struct wijk_deed *d, const struct wijk_moderation *m)
{
    if (m->reason == WIJK_MOD_ASKED) return wijk_tr(cx, "Dit gebeurde op verzoek van de maker.");
    if (m->proposal) return wijk_tr(cx, "Er is al bezwaar gemaakt; dat kan één keer.");
    if (m->state != WIJK_MOD_STATE_GONE) return wijk_tr(cx, "De tekst is al teruggezet.");
    if (d->now > m->ends_at) return wijk_tr(cx, "Bezwaar maken kon tot zes weken na het weghalen.");
    return NULL;
}

static enum wijk_err view_of(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                             const struct wijk_moderation *m, struct wijk_moderation_view *out)
{
    const struct wijk_said_text *text;
    size_t n = 0;
    *out = (struct wijk_moderation_view){
        .m = m, .role_words = wijk_moderator_words(cx, m->role), .mine = is_mine(d, m)};
    out->why_not = out->mine ? why_not(cx, d, m) : NULL;
    out->may_object = out->mine && !out->why_not;
    const bool open = m->state == WIJK_MOD_STATE_GONE && d->now <= m->ends_at;
    if (open && wijk_flow_may_moderate(d, m->of.gemeente))
        WIJK_TRY(wijk_store_moderation_kept(cx, store, m->id, &text, &n));
    out->may_back = n > 0;
    return WIJK_OK;
}

/* The one of that name, of which the actor may know. */
static enum wijk_err find(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                          const char *name, const struct wijk_moderation **out)
{
    if (d->actor && !d->actor->account) return wijk__refuse(cx, WIJK_MAY_LOGIN);
    WIJK_TRY(wijk_store_find_moderation(cx, store, name, out));
    if (*out && (is_mine(d, *out) || wijk_flow_may_moderate(d, (*out)->of.gemeente))) return WIJK_OK;
    return wijk_fail(cx, WIJK_ENOTFOUND, "Dit is er niet, of u mag het niet zien.");
}

/* ---- taking away ---- */

/* What an answer kept under a key says it is about. */
static const char *kept_as(struct wijk_cx *cx, const struct wijk_said *of)
{
    switch (of->kind) {
    case WIJK_SAID_SIGNAL: return wijk_sprintf(cx, "signaal:%s", of->object);
    case WIJK_SAID_REPLY: return wijk_sprintf(cx, "signaal:%.*s", (int)strcspn(of->object, "."), of->object);
    case WIJK_SAID_PARTNER:
    case WIJK_SAID_CONTACTS: return wijk_sprintf(cx, "partner:%s/%s", of->gemeente, of->object);
    case WIJK_SAID_OFFER: return wijk_sprintf(cx, "aanbod:%s", of->object);
    case WIJK_SAID_PROPOSAL:
    case WIJK_SAID_DECISION:
    case WIJK_SAID_KIND_COUNT: break;
    }
    return "";
}

/* An open proposal to make it public is about a version that is no longer there. */
static enum wijk_err lapse(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                           const struct wijk_said *of)
{
    const char *kind = of->kind == WIJK_SAID_OFFER ? "aanbod" : "partner";
    if (of->kind != WIJK_SAID_PARTNER && of->kind != WIJK_SAID_CONTACTS && of->kind != WIJK_SAID_OFFER)
        return WIJK_OK;
    return wijk__proposals_lapse(cx, store, d, of->gemeente, kind, of->object);
}

/* Out of the tables, out of what is kept under keys, and out of what stands beside the log. */
static enum wijk_err erase(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                           const struct wijk_said *of, const struct wijk_said_text *text, size_t n)
{
    WIJK_TRY(wijk_store_said_wipe(cx, store, of, text, n));
    WIJK_TRY(wijk_store_forget_once(cx, store, kept_as(cx, of)));
    if (of->kind == WIJK_SAID_PROPOSAL || of->kind == WIJK_SAID_DECISION)
        for (size_t k = 0; k < n; k++) WIJK_TRY(wijk_store_forget_why(cx, store, of->gemeente, text[k].text));
    return lapse(cx, store, d, of);
}

struct taking {
    const struct wijk_deed *d;
    const struct wijk_flow_moderate_in *in;
    struct wijk_moderation *m;
};

static enum wijk_err take(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct taking *v = arg;
    const struct wijk_said *of = &v->in->of;
    const bool for_good = wijk_mod_reason_erases(v->in->reason);
    const struct wijk_object o = {.gemeente = of->gemeente};
    const struct wijk_said_text *text;
    struct wijk_said_about about;
    size_t n;
    WIJK_TRY(wijk_deed_may(cx, v->d, WIJK_RIGHT_MODERATE, &o));
    WIJK_TRY(wijk_store_said_about(cx, store, of, &about));
    if (!about.known || !wijk__deed_sees(v->d, &about.object))
        return wijk_fail(cx, WIJK_ENOTFOUND, "Dit is er niet, of u mag het niet zien.");
    WIJK_TRY(wijk_store_said_read(cx, store, of, &text, &n));
    if (!n) return wijk_fail(cx, WIJK_EDATA, "Hier staat geen tekst meer.");
    WIJK_TRY(erase(cx, store, v->d, of, text, n));
    if (for_good) WIJK_TRY(wijk_store_forget_kept(cx, store, of));
    v->m->maker = about.maker, v->m->partner = about.partner;
    WIJK_TRY(wijk_store_add_moderation(cx, store, v->m, text, for_good ? 0 : n));
    return wijk_deed_log(
        cx, store, v->d, WIJK_DONE_TAKE_AWAY, of->gemeente, wijk_said_kind_id(of->kind), of->object, NULL,
        wijk_sprintf(cx, "{\"moderatie\":\"%s\",\"reden\":\"%s\",\"rol\":\"%s\",\"bewaard\":%s}", v->m->name,
                     wijk_mod_reason_id(v->m->reason), v->m->role, for_good ? "false" : "true"));
}

enum wijk_err wijk_flow_moderate(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                 const struct wijk_flow_moderate_in *in, struct wijk_moderation_view *out)
{
    const char *words = in->words ? in->words : "";
    struct wijk_moderation *m = WIJK_NEW(cx, struct wijk_moderation, 1);
    char secret[WIJK_SECRET_TEXT];
    WIJK_TRY(wijk__text_check(cx, words, WIJK_T("de reden"), WIJK_MOD_WORDS_MAX, in->reason == WIJK_MOD_OTHER,
                              ""));
    WIJK_TRY(wijk_secret_new(cx, secret));
    *m = (struct wijk_moderation){.name = wijk_str_dup(cx, (struct wijk_str){secret, WIJK_MOD_NAME}),
                                  .of = in->of,
                                  .reason = in->reason,
                                  .words = words,
                                  .role = role_of(d, in->of.gemeente),
                                  .made_by = d->actor ? d->actor->account : 0,
                                  .made_at = d->now,
                                  .partner = "",
                                  .ends_at = d->now + WIJK_MOD_TERM_S};
    WIJK_TRY(wijk_store_joined(cx, store, take, &(struct taking){d, in, m}));
    return view_of(cx, store, d, m, out);
}

/* ---- putting back ---- */

struct ending {
    const struct wijk_deed *d;
    struct wijk_moderation *m;
};

/* Back where nothing else was written meanwhile; where nothing was kept it is told that this was wrong. */
static enum wijk_err put_back(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct ending *v = arg;
    const struct wijk_said_text *text;
    size_t n;
    WIJK_TRY(wijk_store_moderation_kept(cx, store, v->m->id, &text, &n));
    WIJK_TRY(wijk_store_said_put(cx, store, &v->m->of, text, n));
    if (n) WIJK_TRY(lapse(cx, store, v->d, &v->m->of));
    v->m->state = n ? WIJK_MOD_STATE_BACK : WIJK_MOD_STATE_WRONGLY;
    v->m->seen_at = 0; /* the maker is told */
    WIJK_TRY(wijk_store_save_moderation(cx, store, v->m));
    return wijk_deed_log(cx, store, v->d, WIJK_DONE_PUT_BACK, v->m->of.gemeente,
                         wijk_said_kind_id(v->m->of.kind), v->m->of.object, NULL,
                         wijk_sprintf(cx, "{\"moderatie\":\"%s\",\"stand\":\"%s\"}", v->m->name,
                                      wijk_mod_state_id(v->m->state)));
}

enum wijk_err wijk_flow_moderation_back(struct wijk_cx *cx, struct wijk_store *store,
                                        const struct wijk_deed *d, const char *name,
                                        struct wijk_moderation_view *out)
{
    const struct wijk_moderation *m;
    WIJK_TRY(find(cx, store, d, name, &m));
    const struct wijk_object o = {.gemeente = m->of.gemeente};
    WIJK_TRY(wijk_deed_may(cx, d, WIJK_RIGHT_MODERATE, &o));
    if (m->state == WIJK_MOD_STATE_OBJECTED)
        return wijk_fail(cx, WIJK_EDATA, "Er is bezwaar gemaakt: iemand anders besluit.");
    WIJK_TRY(view_of(cx, store, d, m, out));
    if (!out->may_back)
        return wijk_fail(cx, WIJK_EDATA, "Deze tekst is niet bewaard en kan niet terugkomen.");
    struct wijk_moderation *now = WIJK_NEW(cx, struct wijk_moderation, 1);
    *now = *m;
    WIJK_TRY(wijk_store_joined(cx, store, put_back, &(struct ending){d, now}));
    return view_of(cx, store, d, now, out);
}

/* ---- objecting, and deciding on it ---- */

static enum wijk_err object(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct ending *v = arg;
    struct wijk_proposal p = {.gemeente = v->m->of.gemeente,
                              .kind = OBJECTION,
                              .object = wijk_sprintf(cx, "moderatie:%s", v->m->name),
                              .body = wijk_sprintf(cx, "{\"moderatie\":\"%s\"}", v->m->name),
                              .why = v->d->why,
                              .made_by = v->d->actor->account,
                              .made_at = v->d->now};
    WIJK_TRY(wijk_store_add_proposal(cx, store, &p));
    v->m->proposal = p.id;
    v->m->state = WIJK_MOD_STATE_OBJECTED;
    v->m->seen_at = v->d->now;
    WIJK_TRY(wijk_store_save_moderation(cx, store, v->m));
    return wijk_deed_log(cx, store, v->d, WIJK_DONE_PROPOSE, p.gemeente, OBJECTION, wijk__nr(cx, p.id), NULL,
                         p.body);
}

enum wijk_err wijk_flow_object(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                               const char *name, int64_t *proposal)
{
    const struct wijk_moderation *m;
    if (!d->actor) return wijk_fail(cx, WIJK_EUSAGE, "Een bezwaar komt van iemand.");
    WIJK_TRY(find(cx, store, d, name, &m));
    if (!is_mine(d, m)) return wijk_fail(cx, WIJK_EDENIED, "Bezwaar maakt wie de tekst schreef.");
    if (!(d->actor->scopes & 1u << WIJK_SCOPE_WRITE)) return wijk__refuse(cx, WIJK_MAY_SCOPE);
    const char *no = why_not(cx, d, m);
    if (no) return wijk_fail(cx, WIJK_EDATA, "%s", no);
    WIJK_TRY(wijk__text_check(cx, d->why ? d->why : "", WIJK_T("uw bezwaar"), WIJK_WHY_MAX, true, ""));
    struct wijk_moderation now = *m;
    WIJK_TRY(wijk_store_joined(cx, store, object, &(struct ending){d, &now}));
    *proposal = now.proposal;
    return WIJK_OK;
}

static enum wijk_err moderation_in(struct wijk_cx *cx, struct wijk_store *store,
                                   const struct wijk_proposal *p, const struct wijk_moderation **out)
{
    const char *mark = strchr(p->object, ':');
    WIJK_TRY(wijk_store_find_moderation(cx, store, mark ? mark + 1 : "", out));
    return *out ? WIJK_OK : wijk_fail(cx, WIJK_EDATA, "Dit voorstel is niet te lezen.");
}

/* Who decides has to read what it was about, where that is still there. */
static enum wijk_err tell(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_proposal *p,
                          struct wijk__proposal_about *out)
{
    const struct wijk_moderation *m;
    const struct wijk_said_text *text;
    size_t n;
    WIJK_TRY(moderation_in(cx, store, p, &m));
    WIJK_TRY(wijk_store_moderation_kept(cx, store, m->id, &text, &n));
    out->object = (struct wijk_object){.gemeente = m->of.gemeente, .sharing = WIJK_SHARING_ORGANISATION};
    out->subject = m->made_by; /* who took it away does not judge that himself */
    out->path = "/moderatie";
    struct wijk_buf b = wijk_buf(cx, 0);
    wijk_buf_printf(&b, wijk_tr(cx, "Bezwaar: zet %s terug, weggehaald als «%s»."),
                    wijk_tr(cx, wijk_said_kind_words(m->of.kind)),
                    wijk_tr(cx, wijk_mod_reason_words(m->reason)));
    for (size_t k = 0; k < n; k++)
        if (k == 0 || strcmp(text[k].text, text[k - 1].text) != 0) wijk_buf_printf(&b, " «%s»", text[k].text);
    if (!n) wijk_buf_printf(&b, " %s", wijk_tr(cx, "De tekst zelf is niet bewaard."));
    out->what = wijk_buf_cstr(&b);
    return WIJK_OK;
}

static enum wijk_err agreed(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                            const struct wijk_proposal *p)
{
    const struct wijk_moderation *m;
    WIJK_TRY(moderation_in(cx, store, p, &m));
    struct wijk_moderation now = *m;
    return put_back(cx, store, &(struct ending){d, &now});
}

static enum wijk_err declined(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                              const struct wijk_proposal *p)
{
    const struct wijk_moderation *m;
    (void)d; /* the decision is in the log already */
    WIJK_TRY(moderation_in(cx, store, p, &m));
    struct wijk_moderation now = *m;
    now.state = WIJK_MOD_STATE_UPHELD;
    now.seen_at = 0;
    return wijk_store_save_moderation(cx, store, &now);
}

const struct wijk__proposal_kind wijk__proposal_objection = {
    OBJECTION, WIJK_RIGHT_MODERATE, tell, agreed, declined, NULL};

/* ---- reading ---- */

/* The organisation whose texts the actor answers for in that gemeente; NULL none. */
static const char *partner_of(const struct wijk_deed *d, const char *gemeente)
{
    const struct wijk_actor *a = d->actor;
    for (size_t k = 0; a && gemeente && k < a->n_grant; k++)
        if (strcmp(a->grant[k].gemeente, gemeente) == 0 && a->grant[k].role == WIJK_ROLE_PARTNER)
            return a->grant[k].partner;
    return NULL;
}

enum wijk_err wijk_flow_moderations(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                    const struct wijk_flow_moderations_in *in,
                                    const struct wijk_moderation_view **out, size_t *n)
{
    const struct wijk_object o = {.gemeente = in->gemeente};
    const struct wijk_moderation *m;
    if (d->actor && !d->actor->account) return wijk__refuse(cx, WIJK_MAY_LOGIN);
    if (!in->mine) WIJK_TRY(wijk_deed_may(cx, d, WIJK_RIGHT_MODERATE, &o));
    if (d->actor && !(d->actor->scopes & 1u << WIJK_SCOPE_READ)) return wijk__refuse(cx, WIJK_MAY_SCOPE);
    const struct wijk_moderation_ask ask = {.gemeente = in->gemeente,
                                            .maker = in->mine && d->actor ? d->actor->account : 0,
                                            .partner = in->mine ? partner_of(d, in->gemeente) : NULL,
                                            .before = in->before,
                                            .n_max = in->n_max};
    WIJK_TRY(wijk_store_list_moderations(cx, store, &ask, &m, n));
    struct wijk_moderation_view *v = WIJK_NEW(cx, struct wijk_moderation_view, *n);
    for (size_t k = 0; k < *n; k++) WIJK_TRY(view_of(cx, store, d, &m[k], &v[k]));
    *out = v;
    return WIJK_OK;
}

enum wijk_err wijk_flow_moderation_list(struct wijk_cx *cx, struct wijk_store *store,
                                        const struct wijk_deed *d, const char *gemeente,
                                        const struct wijk_moderation **out, size_t *n)
{
    const struct wijk_object o = {.gemeente = gemeente};
    struct wijk_moderation_ask ask = {.gemeente = gemeente};
    struct wijk_moderation *all = NULL;
    size_t cap = 0, n_page = 0;
    WIJK_TRY(wijk_deed_may(cx, d, WIJK_RIGHT_AUDIT_READ, &o));
    *n = 0;
    do { /* the store gives so many at a time */
        const struct wijk_moderation *page;
        WIJK_TRY(wijk_store_list_moderations(cx, store, &ask, &page, &n_page));
        for (size_t k = 0; k < n_page; k++) {
            all = wijk_grow(cx, all, *n, &cap, sizeof *all);
            all[(*n)++] = page[k];
        }
        if (n_page) ask.before = page[n_page - 1].name;
    } while (n_page);
    *out = all;
    return WIJK_OK;
}

enum wijk_err wijk_flow_moderation_take(struct wijk_cx *cx, struct wijk_store *store,
                                        const struct wijk_deed *d, const char *gemeente)
{
    const struct wijk_object o = {.gemeente = gemeente};
    WIJK_TRY(wijk_deed_may(cx, d, WIJK_RIGHT_AUDIT_READ, &o));
    return wijk_deed_log(cx, store, d, WIJK_DONE_EXPORT, gemeente, "moderatie", gemeente, NULL, NULL);
}

enum wijk_err wijk_flow_taken_away(struct wijk_cx *cx, struct wijk_store *store, enum wijk_said_kind kind,
                                   const char *gemeente, const char *object, const char *text,
                                   const struct wijk_moderation **out)
{
    const struct wijk_said of = {kind, gemeente, object};
    *out = NULL;
    return text && *text ? WIJK_OK : wijk_store_moderation_of(cx, store, &of, out);
}

/* ---- counts ---- */

enum wijk_err wijk_flow_moderation_counts(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                                          int64_t now, struct wijk_moderation_counts *out)
{
    const struct wijk_moderation_count *v;
    const struct wijk_disclosure_rule rule = wijk_disclosure_rule("count", 0);
    size_t n, signals[WIJK_MOD_REASON_COUNT][WIJK_MOD_QUARTERS] = {0};
    int q = wijk_signal_quarter(now);
    *out = (struct wijk_moderation_counts){0};
    for (size_t k = WIJK_MOD_QUARTERS; k-- > 0; q = q % 10 == 1 ? q - 10 + 3 : q - 1) out->quarter[k] = q;
    WIJK_TRY(wijk_store_count_moderations(cx, store, gemeente, out->quarter[0],
                                          out->quarter[WIJK_MOD_QUARTERS - 1], &v, &n));
    for (size_t k = 0; k < n; k++) {
        size_t at = 0;
        while (out->quarter[at] != v[k].quarter) at++; /* all lie between the first and the last */
        if (wijk_said_kind_about_signals(v[k].kind))
            signals[v[k].reason][at] += v[k].n;
        else
            out->others[v[k].reason][at] += v[k].n, out->back[at] += v[k].n_back;
    }
    for (size_t r = 0; r < WIJK_MOD_REASON_COUNT; r++)
        for (size_t k = 0; k < WIJK_MOD_QUARTERS; k++)
            out->signals[r][k] = wijk_disclose_one(
                &rule, (struct wijk_true_figure){(double)signals[r][k], WIJK_STATUS_OK, NAN, NAN});
    return WIJK_OK;
}
