/* SPDX-License-Identifier: EUPL-1.2 */
/* Signals and the replies to them. */
#include "store/signal_store.h"
#include "store/store_int.h"

#include <string.h>

enum { LIST_MAX = 1000 };

/* ---- words ---- */

#define X(name, id, words) {id, words},
static const struct wijk_word SURE[] = {WIJK_SURENESSES(X)}, STATE[] = {WIJK_SIGNAL_STATES(X)},
                              END[] = {WIJK_SIGNAL_ENDS(X)};
#undef X

const char *wijk_sureness_id(enum wijk_sureness s)
{
    return SURE[s].id;
}
const char *wijk_sureness_words(enum wijk_sureness s)
{
    return SURE[s].words;
}
bool wijk_sureness_parse(struct wijk_str id, enum wijk_sureness *out)
{
    int k;
    bool known = wijk_word_find(SURE, WIJK_SURE_COUNT, id, &k);
    if (known) *out = (enum wijk_sureness)k;
    return known;
}
const char *wijk_signal_state_id(enum wijk_signal_state s)
{
    return STATE[s].id;
}
const char *wijk_signal_state_words(enum wijk_signal_state s)
{
    return STATE[s].words;
}
const char *wijk_signal_end_id(enum wijk_signal_end e)
{
    return END[e].id;
}
const char *wijk_signal_end_words(enum wijk_signal_end e)
{
    return END[e].words;
}
bool wijk_signal_end_parse(struct wijk_str id, enum wijk_signal_end *out)
{
    int k;
    bool known = wijk_word_find(END, WIJK_SIGNAL_END_COUNT, id, &k);
    if (known) *out = (enum wijk_signal_end)k;
    return known;
}

int wijk_signal_quarter(int64_t at)
{
    char day[24];
    wijk_date_write(at, day);
    int year = 0, month = (day[5] - '0') * 10 + day[6] - '0';
    for (int k = 0; k < 4; k++) year = year * 10 + (day[k] - '0');
    return year * 10 + (month + 2) / 3;
}

/* ---- signals ---- */

#define COLUMNS                                                                                              \
    "id, name, gemeente, buurt, x, y, radius, theme, sentence, sure, made_by, partner, made_at, quarter,"    \
    " sharing, state, version"

static struct wijk_signal signal_at(struct wijk__q *q)
{
    int sure, state;
    struct wijk_signal s = {.id = wijk__q_get_int(q, 0),
                            .name = wijk__q_get_text(q, 1),
                            .gemeente = wijk__q_get_text(q, 2),
                            .buurt = wijk__q_get_text(q, 3),
                            .x = (int)wijk__q_get_int(q, 4),
                            .y = (int)wijk__q_get_int(q, 5),
                            .radius = (int)wijk__q_get_int(q, 6), /* NULL: 0 */
                            .theme = wijk__q_get_text(q, 7),
                            .sentence = wijk__q_get_text(q, 8),
                            .made_by = wijk__q_get_int(q, 10),
                            .partner = wijk__q_get_text(q, 11),
                            .made_at = wijk__q_get_int(q, 12),
                            .quarter = (int)wijk__q_get_int(q, 13),
                            .version = wijk__q_get_int(q, 16)};
    wijk_word_find(SURE, WIJK_SURE_COUNT - 1, wijk_str(wijk__q_get_text(q, 9)), &sure);
    wijk_word_find(STATE, WIJK_SIGNAL_STATE_COUNT - 1, wijk_str(wijk__q_get_text(q, 15)), &state);
    s.sure = (enum wijk_sureness)sure, s.state = (enum wijk_signal_state)state;
    if (!wijk_sharing_parse(wijk_str(wijk__q_get_text(q, 14)), &s.sharing)) s.sharing = WIJK_SHARING_DRAFT;
    return s;
}

/* Adds to the kept count, or takes from it, where the signal is one that is counted. */
static enum wijk_err recount(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_signal *s,
                             int by)
{
    if (s->sharing != WIJK_SHARING_PARTNERS || s->state == WIJK_SIGNAL_WITHDRAWN) return WIJK_OK;
    struct wijk__q q = wijk__q(
        cx, store,
        "INSERT INTO signal_count (gemeente, quarter, buurt, theme, n) VALUES (?, ?, ?, ?, max(?5, 0))"
        " ON CONFLICT (gemeente, quarter, buurt, theme) DO UPDATE SET n = n + ?5");
    wijk__q_text(&q, s->gemeente);
    wijk__q_int(&q, s->quarter);
    wijk__q_text(&q, s->buurt);
    wijk__q_text(&q, s->theme);
    wijk__q_int(&q, by);
    return wijk__q_done(&q);
}

static enum wijk_err add(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct wijk_signal *s = arg;
    struct wijk__q q =
        wijk__q(cx, store,
                "INSERT INTO signal (name, gemeente, buurt, x, y, radius, theme, sentence, sure, made_by,"
                " partner, made_at, quarter, sharing, state)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    wijk__q_text(&q, s->name);
    wijk__q_text(&q, s->gemeente);
    wijk__q_text(&q, s->buurt);
    const int place[] = {s->x, s->y, s->radius};
    for (size_t k = 0; k < 3; k++) s->radius ? wijk__q_int(&q, place[k]) : wijk__q_null(&q);
    wijk__q_text(&q, s->theme);
    wijk__q_text(&q, s->sentence);
    wijk__q_text(&q, wijk_sureness_id(s->sure));
    wijk__q_int(&q, s->made_by);
    wijk__q_text(&q, s->partner);
    wijk__q_int(&q, s->made_at);
    wijk__q_int(&q, s->quarter);
    wijk__q_text(&q, wijk_sharing_id(s->sharing));
    wijk__q_text(&q, wijk_signal_state_id(s->state));
    WIJK_TRY(wijk__q_done(&q));
    s->id = sqlite3_last_insert_rowid(store->db);
    return recount(cx, store, s, 1);
}

enum wijk_err wijk_store_add_signal(struct wijk_cx *cx, struct wijk_store *store, struct wijk_signal *s)
{
    s->version = 1;
    s->quarter = wijk_signal_quarter(s->made_at);
    return wijk__store_quietly(cx, store, add, s);
}

static enum wijk_err save(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct wijk_signal *s = arg, *before;
    WIJK_TRY(wijk_store_find_signal(cx, store, s->name, &before));
    if (!before || before->version != s->version)
        return wijk_fail(cx, WIJK_ECONFLICT, "Dit signaal is intussen gewijzigd.");
    struct wijk__q q = wijk__q(cx, store,
                               "UPDATE signal SET theme = ?, sentence = ?, sure = ?, sharing = ?, state = ?,"
                               " version = version + 1 WHERE id = ?");
    wijk__q_text(&q, s->theme);
    wijk__q_text(&q, s->sentence);
    wijk__q_text(&q, wijk_sureness_id(s->sure));
    wijk__q_text(&q, wijk_sharing_id(s->sharing));
    wijk__q_text(&q, wijk_signal_state_id(s->state));
    wijk__q_int(&q, before->id);
    WIJK_TRY(wijk__q_done(&q));
    WIJK_TRY(recount(cx, store, before, -1));
    return recount(cx, store, s, 1);
}

enum wijk_err wijk_store_save_signal(struct wijk_cx *cx, struct wijk_store *store,
                                     const struct wijk_signal *s)
{
    struct wijk_signal copy = *s;
    return wijk__store_quietly(cx, store, save, &copy);
}

enum wijk_err wijk_store_find_signal(struct wijk_cx *cx, struct wijk_store *store, const char *name,
                                     const struct wijk_signal **out)
{
    struct wijk_signal *s = NULL;
    struct wijk__q q = wijk__q(cx, store, "SELECT " COLUMNS " FROM signal WHERE name = ?");
    wijk__q_text(&q, name);
    if (wijk__q_row(&q)) {
        s = WIJK_NEW(cx, struct wijk_signal, 1);
        *s = signal_at(&q);
    }
    *out = s;
    return wijk__q_end(&q);
}

/* One text for each index, so that a page never reads past what it shows. */
#define SEEN                                                                                                 \
    " AND (?1 = 0 OR id < ?1) AND (?5 IS NULL OR theme = ?5) AND (?6 <> 0 AND made_by = ?6 OR"               \
    " ?6 = 0 AND state <> 'ingetrokken' AND (?2 OR (?3 AND sharing = 'partners') OR"                         \
    " (sharing = 'organisatie' AND partner = ?4))) ORDER BY id DESC LIMIT ?7"

enum wijk_err wijk_store_list_signals(struct wijk_cx *cx, struct wijk_store *store,
                                      const struct wijk_signal_ask *ask, const struct wijk_signal **out,
                                      size_t *n)
{
    struct wijk_signal *v = NULL;
    size_t cap = 0;
    *n = 0;
    struct wijk__q q =
        wijk__q(cx, store,
                ask->made_by ? "SELECT " COLUMNS " FROM signal INDEXED BY signal_maker WHERE made_by = ?6"
                               " AND (?8 IS NULL OR gemeente = ?8) AND (?9 IS NULL OR buurt = ?9)" SEEN
                : ask->theme && !ask->buurt ? "SELECT " COLUMNS
                                              " FROM signal INDEXED BY signal_theme WHERE gemeente = ?8 AND"
                                              " theme = ?5 AND ?9 IS NULL" SEEN
                : ask->buurt ? "SELECT " COLUMNS " FROM signal INDEXED BY signal_buurt WHERE gemeente = ?8"
                               " AND buurt = ?9" SEEN
                             : "SELECT " COLUMNS " FROM signal INDEXED BY signal_of WHERE gemeente = ?8"
                               " AND ?9 IS NULL" SEEN);
    wijk__q_int(&q, ask->before);
    wijk__q_int(&q, ask->all);
    wijk__q_int(&q, ask->shared);
    wijk__q_text(&q, ask->partner);
    wijk__q_text(&q, ask->theme);
    wijk__q_int(&q, ask->made_by);
    wijk__q_int(&q, (int64_t)(ask->n_max < LIST_MAX ? ask->n_max : LIST_MAX));
    wijk__q_text(&q, ask->gemeente);
    wijk__q_text(&q, ask->buurt);
    while (wijk__q_row(&q)) {
        v = wijk_grow(cx, v, *n, &cap, sizeof *v);
        v[(*n)++] = signal_at(&q);
    }
    *out = v;
    return wijk__q_end(&q);
}

/* ---- counts ---- */

enum wijk_err wijk_store_count_signals(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                                       int from_quarter, int to_quarter, const struct wijk_signal_count **out,
                                       size_t *n)
{
    struct wijk_signal_count *v = NULL;
    size_t cap = 0;
    *n = 0;
    struct wijk__q q =
        wijk__q(cx, store,
                "SELECT quarter, buurt, theme, n FROM signal_count WHERE gemeente = ? AND quarter >= ?"
                " AND quarter <= ? AND n > 0 ORDER BY quarter, buurt, theme");
    wijk__q_text(&q, gemeente);
    wijk__q_int(&q, from_quarter);
    wijk__q_int(&q, to_quarter);
    while (wijk__q_row(&q)) {
        v = wijk_grow(cx, v, *n, &cap, sizeof *v);
        v[(*n)++] = (struct wijk_signal_count){wijk__q_get_text(&q, 1), wijk__q_get_text(&q, 2),
                                               (int)wijk__q_get_int(&q, 0), (size_t)wijk__q_get_int(&q, 3)};
    }
    *out = v;
    return wijk__q_end(&q);
}

enum wijk_err wijk_store_count_others(struct wijk_cx *cx, struct wijk_store *store,
                                      const struct wijk_signal *s, size_t *n)
{
    struct wijk__q q =
        wijk__q(cx, store,
                "SELECT count(DISTINCT made_by) FROM signal INDEXED BY signal_others"
                " WHERE sharing = 'partners' AND state <> 'ingetrokken' AND gemeente = ? AND quarter = ?"
                " AND buurt = ? AND theme = ? AND made_by <> ?");
    wijk__q_text(&q, s->gemeente);
    wijk__q_int(&q, s->quarter);
    wijk__q_text(&q, s->buurt);
    wijk__q_text(&q, s->theme);
    wijk__q_int(&q, s->made_by);
    *n = wijk__q_row(&q) ? (size_t)wijk__q_get_int(&q, 0) : 0;
    return wijk__q_end(&q);
}

/* ---- replies ---- */

static enum wijk_err add_reply(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct wijk_signal_reply *r = arg;
    struct wijk__q q = wijk__q(
        cx, store, "INSERT INTO signal_reply (signal, kind, words, made_by, made_at) VALUES (?, ?, ?, ?, ?)");
    wijk__q_int(&q, r->signal);
    wijk__q_text(&q, wijk_signal_end_id(r->end));
    wijk__q_text(&q, r->words);
    wijk__q_int(&q, r->made_by);
    wijk__q_int(&q, r->made_at);
    WIJK_TRY(wijk__q_done(&q));
    r->id = sqlite3_last_insert_rowid(store->db);
    return WIJK_OK;
}

enum wijk_err wijk_store_add_signal_reply(struct wijk_cx *cx, struct wijk_store *store,
                                          struct wijk_signal_reply *r)
{
    return wijk__store_quietly(cx, store, add_reply, r);
}

enum wijk_err wijk_store_list_signal_replies(struct wijk_cx *cx, struct wijk_store *store,
                                             const struct wijk_signal *s, size_t n_signal,
                                             const struct wijk_signal_reply **out, size_t *n)
{
    struct wijk_signal_reply *v = NULL;
    size_t cap = 0;
    *n = 0;
    struct wijk__q q = wijk__q(cx, store,
                               "SELECT id, signal, kind, words, made_by, made_at FROM signal_reply"
                               " WHERE signal = ? ORDER BY id");
    for (size_t k = 0; k < n_signal; k++) {
        if (s[k].state == WIJK_SIGNAL_OPEN) continue;
        wijk__q_int(&q, s[k].id);
        while (wijk__q_row(&q)) {
            int end;
            wijk_word_find(END, WIJK_SIGNAL_END_COUNT - 1, wijk_str(wijk__q_get_text(&q, 2)), &end);
            v = wijk_grow(cx, v, *n, &cap, sizeof *v);
            v[(*n)++] = (struct wijk_signal_reply){.id = wijk__q_get_int(&q, 0),
                                                   .signal = wijk__q_get_int(&q, 1),
                                                   .end = (enum wijk_signal_end)end,
                                                   .words = wijk__q_get_text(&q, 3),
                                                   .made_by = wijk__q_get_int(&q, 4),
                                                   .made_at = wijk__q_get_int(&q, 5)};
        }
        wijk__q_again(&q);
    }
    *out = v;
    return wijk__q_end(&q);
}

enum wijk_err wijk_store_unseen_replies(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                        size_t n_max, const struct wijk_signal_unseen **out, size_t *n)
{
    struct wijk_signal_unseen *v = NULL;
    size_t cap = 0;
    struct wijk__q q = wijk__q(
        cx, store,
        "SELECT s.name, s.gemeente, s.buurt, s.theme, r.id, r.kind, r.words, r.made_at,"
        " (SELECT count(*) FROM signal_reply o WHERE o.signal = r.signal AND o.id <= r.id)"
        " FROM signal s INDEXED BY signal_maker JOIN signal_reply r ON r.signal = s.id"
        " WHERE s.made_by = ? AND s.state = 'teruggekoppeld' AND r.seen_at = 0 ORDER BY r.id DESC LIMIT ?");
    wijk__q_int(&q, account);
    wijk__q_int(&q, (int64_t)(n_max < LIST_MAX ? n_max : LIST_MAX));
    *n = 0;
    while (wijk__q_row(&q)) {
        int end;
        wijk_word_find(END, WIJK_SIGNAL_END_COUNT - 1, wijk_str(wijk__q_get_text(&q, 5)), &end);
        v = wijk_grow(cx, v, *n, &cap, sizeof *v);
        v[(*n)++] = (struct wijk_signal_unseen){.signal = wijk__q_get_text(&q, 0),
                                                .gemeente = wijk__q_get_text(&q, 1),
                                                .buurt = wijk__q_get_text(&q, 2),
                                                .theme = wijk__q_get_text(&q, 3),
                                                .nr = (int)wijk__q_get_int(&q, 8),
                                                .reply = {.id = wijk__q_get_int(&q, 4),
                                                          .end = (enum wijk_signal_end)end,
                                                          .words = wijk__q_get_text(&q, 6),
                                                          .made_at = wijk__q_get_int(&q, 7)}};
    }
    *out = v;
    return wijk__q_end(&q);
}

enum wijk_err wijk_store_reply_seen(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                    const char *signal, int64_t nr, int64_t now)
{
    struct wijk__q q =
        wijk__q(cx, store,
                "UPDATE signal_reply SET seen_at = ?4 WHERE seen_at = 0 AND ?3 > 0 AND id ="
                " (SELECT r.id FROM signal s JOIN signal_reply r ON r.signal = s.id WHERE s.name = ?2 AND"
                " s.made_by = ?1 ORDER BY r.id LIMIT 1 OFFSET ?3 - 1)");
    wijk__q_int(&q, account);
    wijk__q_text(&q, signal);
    wijk__q_int(&q, nr);
    wijk__q_int(&q, now);
    return wijk__q_quietly(&q);
}
