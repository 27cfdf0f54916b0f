/* SPDX-License-Identifier: EUPL-1.2 */
/* Signals of professionals: placing, changing, withdrawing, reading and answering them. The log holds where
 * and what about, and of the sentence only its length: a hash would tell who guesses what it was. */
#include "flow/flow_int.h"
#include "flow/moderation_flow.h"
#include "flow/people_int.h"
#include "flow/signal_flow.h"
#include "store/partner_store.h"

#include <math.h>
#include <string.h>

enum { LIST_MAX = 200, GRID_M = 100 };

/* ---- text ---- */

struct names {
    struct wijk_cx *cx;
    const struct wijk_snapshot *s;
};

/* An area of this name, or several words that are part of one: «Johanna Oord» of «Johanna Oord en omgeving».
 */
static bool is_area(void *self, struct wijk_str words)
{
    const struct names *n = self;
    struct wijk_mark mark = wijk_cx_mark(n->cx);
    struct wijk_str folded = wijk_str_fold(n->cx, words);
    const char *want = wijk_str_dup(n->cx, wijk_str_trim(folded));
    bool several = strchr(want, ' ') != NULL, found = false;
    size_t len = strlen(want);
    for (size_t k = 0; len && !found && k < n->s->n_name; k++) {
        const char *name = n->s->name[k].folded, *at = strstr(name, want);
        if (!at) continue;
        bool begins = at == name || at[-1] == ' ', ends = !at[len] || at[len] == ' ';
        found = several ? begins && ends : at == name && !at[len];
    }
    wijk_cx_rewind(n->cx, mark);
    return found;
}

size_t wijk_flow_text_check(struct wijk_cx *cx, const struct wijk_snapshot *s, struct wijk_str text,
                            struct wijk_personal_place out[WIJK_PERSONAL_PLACES])
{
    struct names n = {cx, s};
    return wijk_personal_find(text, &(struct wijk_personal_known){is_area, &n}, out);
}

static size_t signs_in(const char *s)
{
    size_t n = 0;
    for (; *s; s++) n += ((unsigned char)*s & 0xc0) != 0x80;
    return n;
}

/* *out: the words without blanks around them, on one line; refused when they are too few, too many or point
 * at a person. */
static enum wijk_err take_words(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *words,
                                size_t least, const char **out)
{
    struct wijk_personal_place place[WIJK_PERSONAL_PLACES];
    char *text = wijk_str_dup(cx, wijk_str_trim(wijk_str(words)));
    for (char *p = text; *p; p++)
        if ((unsigned char)*p < ' ' || *p == 0x7f) *p = ' ';
    size_t n = signs_in(text);
    if (!wijk_utf8_valid(wijk_str(text), NULL))
        return wijk_fail(cx, WIJK_EDATA, "De tekst is niet te lezen.");
    if (n < least) return wijk_fail(cx, WIJK_EDATA, "Schrijf één zin: minstens %zu tekens.", least);
    if (n > WIJK_SIGNAL_WORDS_MAX)
        return wijk_fail(cx, WIJK_EDATA, "Maak het korter: hoogstens %d tekens.", (int)WIJK_SIGNAL_WORDS_MAX);
    if (wijk_flow_text_check(cx, s, wijk_str(text), place))
        return wijk_fail(cx, WIJK_EPERSONAL, "%s", wijk_tr(cx, wijk_personal_advice(place[0].kind)));
    *out = text;
    return WIJK_OK;
}

/* ---- what goes into the log ---- */

static const char *log_of(struct wijk_cx *cx, const struct wijk_signal *s)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    wijk_buf_printf(&b,
                    "{\"buurt\":\"%s\",\"straal\":%d,\"thema\":\"%s\",\"zeker\":\"%s\",\"gedeeld\":\"%s\","
                    "\"staat\":\"%s\",\"tekens\":%zu}",
                    s->buurt, s->radius, s->theme, wijk_sureness_id(s->sure), wijk_sharing_id(s->sharing),
                    wijk_signal_state_id(s->state), signs_in(s->sentence));
    return wijk_buf_cstr(&b);
}

/* ---- who sees what ---- */

static struct wijk_object object_of(const struct wijk_signal *s)
{
    return (struct wijk_object){s->gemeente, s->partner, s->made_by, s->sharing};
}

static bool sees(const struct wijk_deed *d, const struct wijk_signal *s)
{
    struct wijk_object o = object_of(s);
    if (!d->actor) return true;
    bool mine = d->actor->account && d->actor->account == s->made_by;
    return wijk_may_see(d->actor, &o) && (mine || s->state != WIJK_SIGNAL_WITHDRAWN);
}

static bool may(const struct wijk_deed *d, enum wijk_right right, const struct wijk_signal *s)
{
    struct wijk_object o = object_of(s);
    return !d->actor || wijk_may(d->actor, right, &o) == WIJK_MAY_YES;
}

static const char *buurt_name(const struct wijk_snapshot *s, const char *code)
{
    const struct wijk_snapshot_division *d = wijk_snapshot_division(s, WIJK_LEVEL_BUURT, 0);
    size_t at = d ? wijk_area_find(d->index, code) : SIZE_MAX;
    return at == SIZE_MAX ? code : d->areas.v[at].name;
}

static struct wijk_signal_view view_of(const struct wijk_snapshot *s, const struct wijk_deed *d,
                                       const struct wijk_signal *signal)
{
    bool gone = signal->state == WIJK_SIGNAL_WITHDRAWN;
    return (struct wijk_signal_view){.signal = *signal,
                                     .buurt_name = buurt_name(s, signal->buurt),
                                     .mine = d->actor && d->actor->account == signal->made_by,
                                     .may_moderate = !gone && wijk_flow_may_moderate(d, signal->gemeente),
                                     .may_change = !gone && may(d, WIJK_RIGHT_SIGNAL_CHANGE, signal),
                                     .may_answer = !gone && may(d, WIJK_RIGHT_SIGNAL_ANSWER, signal)};
}

/* The names of the organisations, each looked up once. */
static enum wijk_err name_partners(struct wijk_cx *cx, struct wijk_store *store, struct wijk_signal_view *v,
                                   size_t n)
{
    for (size_t k = 0; k < n; k++) {
        const struct wijk_signal *s = &v[k].signal;
        const struct wijk_partner *p = NULL;
        size_t same = 0;
        while (same < k && (strcmp(v[same].signal.partner, s->partner) != 0 ||
                            strcmp(v[same].signal.gemeente, s->gemeente) != 0))
            same++;
        v[k].partner_name = same < k ? v[same].partner_name : s->partner;
        if (same < k || !*s->partner) continue;
        WIJK_TRY(wijk_store_read_partner(cx, store, s->gemeente, s->partner, WIJK_EDITION_PUBLIC, &p));
        if (p) v[k].partner_name = p->name;
    }
    return WIJK_OK;
}

/* Why texts of it are empty. */
static enum wijk_err tell_taken(struct wijk_cx *cx, struct wijk_store *store, struct wijk_signal_view *v)
{
    const struct wijk_signal *s = &v->signal;
    if (s->state != WIJK_SIGNAL_WITHDRAWN)
        WIJK_TRY(
            wijk_flow_taken_away(cx, store, WIJK_SAID_SIGNAL, s->gemeente, s->name, s->sentence, &v->taken));
    const struct wijk_moderation **reply = WIJK_NEW(cx, const struct wijk_moderation *, v->n_reply);
    for (size_t k = 0; k < v->n_reply; k++)
        WIJK_TRY(wijk_flow_taken_away(cx, store, WIJK_SAID_REPLY, s->gemeente,
                                      wijk_sprintf(cx, "%s.%zu", s->name, k + 1), v->reply[k].words,
                                      &reply[k]));
    v->reply_taken = reply;
    return WIJK_OK;
}

/* With its replies. */
static enum wijk_err views_of(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_snapshot *s,
                              const struct wijk_deed *d, const struct wijk_signal *signal, size_t n,
                              struct wijk_signal_view *out)
{
    const struct wijk_signal_reply *reply;
    size_t n_reply, at = 0;
    WIJK_TRY(wijk_store_list_signal_replies(cx, store, signal, n, &reply, &n_reply));
    for (size_t k = 0; k < n; k++) {
        out[k] = view_of(s, d, &signal[k]);
        out[k].reply = reply + at;
        while (at < n_reply && reply[at].signal == signal[k].id) at++, out[k].n_reply++;
    }
    for (size_t k = 0; k < n; k++) WIJK_TRY(tell_taken(cx, store, &out[k]));
    return name_partners(cx, store, out, n);
}

static enum wijk_err find(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                          const char *name, const struct wijk_signal **out)
{
    WIJK_TRY(wijk_store_find_signal(cx, store, name, out));
    if (*out && sees(d, *out)) return WIJK_OK;
    if (d->actor && !d->actor->account) return wijk_fail(cx, WIJK_ELOGIN, "Meld u eerst aan.");
    return wijk_fail(cx, WIJK_ENOTFOUND, "Dit signaal is er niet, of u mag het niet zien.");
}

/* ---- where ---- */

static size_t area_at(const struct wijk_snapshot_division *d, struct wijk_xy p)
{
    for (size_t k = 0; d->area_rd && k < d->areas.n; k++) {
        const struct wijk_box *b = &d->area_rd[k];
        if (p.x < b->min_x || p.x > b->max_x || p.y < b->min_y || p.y > b->max_y) continue;
        if (d->areas.v[k].geom && wijk_geom_contains(d->areas.v[k].geom, p)) return k;
    }
    return SIZE_MAX;
}

static enum wijk_err take_circle(struct wijk_cx *cx, const struct wijk_flow_signal_in *in,
                                 struct wijk_signal *s)
{
    if (!in->radius) return WIJK_OK;
    if (in->radius < WIJK_SIGNAL_RADIUS_MIN || in->radius > WIJK_SIGNAL_RADIUS_MAX)
        return wijk_fail(cx, WIJK_EDATA, "Een cirkel is minstens %d en hoogstens %d meter.",
                         (int)WIJK_SIGNAL_RADIUS_MIN, (int)WIJK_SIGNAL_RADIUS_MAX);
    bool inside =
        in->centre.x >= 0 && in->centre.x <= 300000 && in->centre.y >= 300000 && in->centre.y <= 625000;
    if (!inside) return wijk_fail(cx, WIJK_EDATA, "Het midden van de cirkel ligt niet in Nederland.");
    s->x = (int)(lround(in->centre.x / GRID_M) * GRID_M);
    s->y = (int)(lround(in->centre.y / GRID_M) * GRID_M);
    s->radius = in->radius;
    return WIJK_OK;
}

/* The buurt that was named; else the one the centre lies in. */
static enum wijk_err take_place(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                const struct wijk_flow_signal_in *in, struct wijk_signal *signal)
{
    const struct wijk_snapshot_division *d = wijk_snapshot_division(s, WIJK_LEVEL_BUURT, 0);
    size_t at = SIZE_MAX;
    char gemeente[WIJK_CODE_MAX];
    WIJK_TRY(take_circle(cx, in, signal));
    if (d && signal->radius) at = area_at(d, (struct wijk_xy){signal->x, signal->y});
    if (d && at == SIZE_MAX && in->buurt && *in->buurt) at = wijk_area_find(d->index, in->buurt);
    if (at == SIZE_MAX || !wijk_code_gemeente(d->areas.v[at].code, gemeente))
        return wijk_fail(cx, WIJK_EDATA, "Kies een buurt, of een cirkel die in een buurt ligt.");
    signal->buurt = d->areas.v[at].code;
    signal->gemeente = wijk_str_dup(cx, wijk_str(gemeente));
    return WIJK_OK;
}

/* ---- placing ---- */

/* The organisation for which the actor reports there. */
static const char *partner_of(const struct wijk_deed *d, const char *gemeente)
{
    const struct wijk_actor *a = d->actor;
    for (size_t k = 0; a && k < a->n_grant; k++)
        if (strcmp(a->grant[k].gemeente, gemeente) == 0 &&
            wijk_right_reach(WIJK_RIGHT_SIGNAL_PLACE, a->grant[k].role) != WIJK_REACH_N)
            return a->grant[k].partner;
    return "";
}

static enum wijk_err theme_known(struct wijk_cx *cx, const struct wijk_snapshot *s, const char *theme)
{
    if (theme && wijk_defs_theme(s->defs, theme)) return WIJK_OK;
    return wijk_fail(cx, WIJK_EDATA, "Kies een thema uit de lijst.");
}

struct writing {
    const struct wijk_snapshot *s;
    const struct wijk_deed *d;
    struct wijk_signal *signal;
    const char *before;
    struct wijk_signal_reply *reply; /* NULL: none */
    bool forgets;                    /* the sentence is another one */
};

static enum wijk_err place(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct writing *w = arg;
    WIJK_TRY(wijk_store_add_signal(cx, store, w->signal));
    return wijk_deed_log(cx, store, w->d, WIJK_DONE_ADD, w->signal->gemeente, "signaal", w->signal->name,
                         NULL, log_of(cx, w->signal));
}

enum wijk_err wijk_flow_signal_place(struct wijk_cx *cx, struct wijk_store *store,
                                     const struct wijk_snapshot *s, const struct wijk_deed *d,
                                     const struct wijk_flow_signal_in *in, struct wijk_signal_view *out)
{
    struct wijk_signal signal = {.made_by = d->actor ? d->actor->account : 0,
                                 .made_at = d->now,
                                 .theme = in->theme,
                                 .sure = in->sure,
                                 .sharing = in->sharing};
    if (d->actor && !d->actor->account) return wijk_fail(cx, WIJK_ELOGIN, "Meld u eerst aan.");
    if (!signal.made_by) return wijk_fail(cx, WIJK_EDENIED, "Een signaal komt van iemand met een account.");
    WIJK_TRY(take_place(cx, s, in, &signal));
    struct wijk_object o = {.gemeente = signal.gemeente};
    WIJK_TRY(wijk_deed_may(cx, d, WIJK_RIGHT_SIGNAL_PLACE, &o));
    signal.partner = partner_of(d, signal.gemeente);
    WIJK_TRY(theme_known(cx, s, in->theme));
    if (in->sharing >= WIJK_SHARING_PUBLIC)
        return wijk_fail(cx, WIJK_EDATA,
                         "Een signaal wordt niet openbaar: deel het met uw organisatie of met partners.");
    WIJK_TRY(take_words(cx, s, in->sentence ? in->sentence : "", WIJK_SIGNAL_WORDS_MIN, &signal.sentence));
    char secret[WIJK_SECRET_TEXT];
    WIJK_TRY(wijk_secret_new(cx, secret));
    signal.name = wijk_str_dup(cx, (struct wijk_str){secret, WIJK_SIGNAL_NAME});
    WIJK_TRY(wijk_store_joined(cx, store, place, &(struct writing){.s = s, .d = d, .signal = &signal}));
    return views_of(cx, store, s, d, &signal, 1, out);
}

/* ---- changing ---- */

/* The sentence of before stands nowhere any more: not in answers kept under keys, not in what was taken away.
 */
static enum wijk_err forget(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_signal *s)
{
    const struct wijk_said of = {WIJK_SAID_SIGNAL, s->gemeente, s->name};
    WIJK_TRY(wijk_store_forget_once(cx, store, wijk_sprintf(cx, "signaal:%s", s->name)));
    return s->state == WIJK_SIGNAL_WITHDRAWN ? wijk_store_forget_kept(cx, store, &of) : WIJK_OK;
}

static enum wijk_err change(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct writing *w = arg;
    struct wijk_signal *s = w->signal;
    WIJK_TRY(wijk_store_save_signal(cx, store, s));
    s->version++;
    if (w->forgets) WIJK_TRY(forget(cx, store, s));
    return wijk_deed_log(cx, store, w->d,
                         s->state == WIJK_SIGNAL_WITHDRAWN ? WIJK_DONE_REMOVE : WIJK_DONE_CHANGE, s->gemeente,
                         "signaal", s->name, w->before, log_of(cx, s));
}

static enum wijk_err take_change(struct wijk_cx *cx, const struct wijk_snapshot *s,
                                 const struct wijk_flow_signal_change *in, struct wijk_signal *signal)
{
    if (signal->state == WIJK_SIGNAL_WITHDRAWN)
        return wijk_fail(cx, WIJK_EDATA, "Dit signaal is ingetrokken.");
    if (in->withdraw) {
        signal->state = WIJK_SIGNAL_WITHDRAWN;
        signal->sentence = "";
        return WIJK_OK;
    }
    if (signal->state != WIJK_SIGNAL_OPEN)
        return wijk_fail(cx, WIJK_EDATA, "Er is al teruggekoppeld; u kunt het signaal nog wel intrekken.");
    if (in->theme) {
        WIJK_TRY(theme_known(cx, s, in->theme));
        signal->theme = in->theme;
    }
    if (in->sentence) WIJK_TRY(take_words(cx, s, in->sentence, WIJK_SIGNAL_WORDS_MIN, &signal->sentence));
    if (in->sure < WIJK_SURE_COUNT) signal->sure = in->sure;
    if (in->sharing == WIJK_SHARING_PUBLIC)
        return wijk_fail(cx, WIJK_EDATA,
                         "Een signaal wordt niet openbaar: deel het met uw organisatie of met partners.");
    if (in->sharing < WIJK_SHARING_COUNT) signal->sharing = in->sharing;
    return WIJK_OK;
}

enum wijk_err wijk_flow_signal_change(struct wijk_cx *cx, struct wijk_store *store,
                                      const struct wijk_snapshot *s, const struct wijk_deed *d,
                                      const char *name, const struct wijk_flow_signal_change *in,
                                      struct wijk_signal_view *out)
{
    const struct wijk_signal *found;
    WIJK_TRY(find(cx, store, d, name, &found));
    struct wijk_object o = object_of(found);
    WIJK_TRY(wijk_deed_may(cx, d, WIJK_RIGHT_SIGNAL_CHANGE, &o));
    struct wijk_signal now = *found;
    if (in->version != found->version)
        return wijk_fail(cx, WIJK_ECONFLICT, "Dit signaal is intussen gewijzigd.");
    WIJK_TRY(take_change(cx, s, in, &now));
    WIJK_TRY(wijk_store_joined(
        cx, store, change,
        &(struct writing){.s = s,
                          .d = d,
                          .signal = &now,
                          .before = log_of(cx, found),
                          .forgets = in->withdraw || strcmp(now.sentence, found->sentence) != 0}));
    return views_of(cx, store, s, d, &now, 1, out);
}

/* ---- answering ---- */

static enum wijk_err answer(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct writing *w = arg;
    struct wijk_signal *s = w->signal;
    WIJK_TRY(wijk_store_save_signal(cx, store, s));
    s->version++;
    WIJK_TRY(wijk_store_add_signal_reply(cx, store, w->reply));
    const char *after = wijk_sprintf(cx, "{\"soort\":\"%s\",\"tekens\":%zu}",
                                     wijk_signal_end_id(w->reply->end), signs_in(w->reply->words));
    return wijk_deed_log(cx, store, w->d, WIJK_DONE_ADD, s->gemeente, "terugkoppeling", s->name, NULL, after);
}

enum wijk_err wijk_flow_signal_answer(struct wijk_cx *cx, struct wijk_store *store,
                                      const struct wijk_snapshot *s, const struct wijk_deed *d,
                                      const char *name, enum wijk_signal_end end, const char *words,
                                      struct wijk_signal_view *out)
{
    const struct wijk_signal *found;
    WIJK_TRY(find(cx, store, d, name, &found));
    struct wijk_object o = object_of(found);
    WIJK_TRY(wijk_deed_may(cx, d, WIJK_RIGHT_SIGNAL_ANSWER, &o));
    if (found->state == WIJK_SIGNAL_WITHDRAWN)
        return wijk_fail(cx, WIJK_EDATA, "Dit signaal is ingetrokken.");
    struct wijk_signal now = *found;
    struct wijk_signal_reply reply = {
        .signal = found->id, .made_by = d->actor ? d->actor->account : 0, .made_at = d->now, .end = end};
    WIJK_TRY(take_words(cx, s, words ? words : "", 3, &reply.words));
    now.state = WIJK_SIGNAL_ANSWERED;
    WIJK_TRY(wijk_store_joined(cx, store, answer,
                               &(struct writing){.s = s, .d = d, .signal = &now, .reply = &reply}));
    return views_of(cx, store, s, d, &now, 1, out);
}

/* ---- reading ---- */

enum wijk_err wijk_flow_signal(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_snapshot *s,
                               const struct wijk_deed *d, const char *name, struct wijk_signal_view *out)
{
    const struct wijk_signal *found;
    WIJK_TRY(find(cx, store, d, name, &found));
    return views_of(cx, store, s, d, found, 1, out);
}

/* What the actor's roles in that gemeente open. */
static enum wijk_err ask_of(struct wijk_cx *cx, const struct wijk_deed *d, struct wijk_signal_ask *ask)
{
    const struct wijk_actor *a = d->actor;
    struct wijk_object o = {.gemeente = ask->gemeente};
    ask->all = !a;
    for (size_t k = 0; a && k < a->n_grant; k++) {
        if (strcmp(a->grant[k].gemeente, ask->gemeente) != 0) continue;
        if (!ask->partner) ask->partner = a->grant[k].partner;
        ask->all = ask->all || a->grant[k].role == WIJK_ROLE_AUDITOR;
        ask->shared =
            ask->shared || wijk_right_reach(WIJK_RIGHT_INSIDE_READ, a->grant[k].role) == WIJK_REACH_G;
    }
    return wijk_deed_may(cx, d, WIJK_RIGHT_INSIDE_READ, &o);
}

static enum wijk_err page_of(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                             const struct wijk_flow_signals_in *in, struct wijk_signal_ask *ask)
{
    const struct wijk_actor *a = d->actor;
    if (a && !a->account) return wijk_fail(cx, WIJK_ELOGIN, "Meld u eerst aan.");
    ask->gemeente = in->gemeente ? in->gemeente : a && a->n_grant && !in->mine ? a->grant[0].gemeente : NULL;
    ask->buurt = in->buurt, ask->theme = in->theme;
    ask->n_max = in->n_max && in->n_max < LIST_MAX ? in->n_max : LIST_MAX;
    if (in->before) {
        const struct wijk_signal *last;
        WIJK_TRY(find(cx, store, d, in->before, &last));
        ask->before = last->id;
    }
    if (in->mine && a) {
        ask->made_by = a->account;
        return a->scopes & 1u << WIJK_SCOPE_READ
                   ? WIJK_OK
                   : wijk_deed_may(cx, d, WIJK_RIGHT_INSIDE_READ, &(struct wijk_object){0});
    }
    if (!ask->gemeente) return wijk__refuse(cx, WIJK_MAY_ROLE);
    return ask_of(cx, d, ask);
}

enum wijk_err wijk_flow_signals(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_snapshot *s,
                                const struct wijk_deed *d, const struct wijk_flow_signals_in *in,
                                const struct wijk_signal_view **out, size_t *n)
{
    struct wijk_signal_ask ask = {0};
    const struct wijk_signal *v;
    WIJK_TRY(page_of(cx, store, d, in, &ask));
    WIJK_TRY(wijk_store_list_signals(cx, store, &ask, &v, n));
    struct wijk_signal_view *view = WIJK_NEW(cx, struct wijk_signal_view, *n);
    *out = view;
    return views_of(cx, store, s, d, v, *n, view);
}
