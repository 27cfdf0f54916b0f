/* SPDX-License-Identifier: EUPL-1.2 */
/* What the store keeps of people: accounts and their roles, sessions, tokens, tickets, proposals, answers
 * given once, and the audit log. Writes of these leave data_version as it is. Moments are seconds since 1970
 * (UTC). */
#ifndef WIJK_STORE_PEOPLE_STORE_H
#define WIJK_STORE_PEOPLE_STORE_H

#include "people/people.h"
#include "store/store.h"

/* In the open transaction, or in one of its own when none is open. */
WIJK_API enum wijk_err wijk_store_joined(struct wijk_cx *cx, struct wijk_store *store,
                                         enum wijk_err (*body)(struct wijk_cx *, struct wijk_store *, void *),
                                         void *arg);

/* ---- accounts ---- */

#define WIJK_ACCOUNT_STATES(X)                                                                               \
    X(INVITED, "uitgenodigd")                                                                                \
    X(ACTIVE, "actief")                                                                                      \
    X(STOPPED, "gestopt")                                                                                    \
    X(REMOVED, "verwijderd")
enum wijk_account_state {
#define X(name, id) WIJK_ACCOUNT_##name,
    WIJK_ACCOUNT_STATES(X)
#undef X
        WIJK_ACCOUNT_STATE_COUNT
};
WIJK_API const char *wijk_account_state_id(enum wijk_account_state s);

struct wijk_account {
    int64_t id;
    const char *name;             /* NULL: it signs in elsewhere, or is removed */
    const char *shown;            /* never NULL */
    const char *gemeente;         /* where it was made; never NULL */
    const char *password;         /* Argon2id text; NULL none */
    const uint8_t *totp;          /* WIJK_TOTP_SECRET bytes; NULL none */
    int64_t totp_step;            /* of the last code used */
    const char *issuer, *subject; /* NULL none */
    enum wijk_account_state state;
    int64_t version, made_at, seen_at;
    size_t n_grant; /* filled when one account is read */
    const struct wijk_grant *grant;
};
/* Gives a->id. Fails WIJK_EEXISTS a name, or an issuer with subject, that is taken. */
WIJK_API enum wijk_err wijk_store_add_account(struct wijk_cx *cx, struct wijk_store *store,
                                              struct wijk_account *a);
/* All but grants, of that version. Fails WIJK_ECONFLICT when it has another version by now; WIJK_EEXISTS. */
WIJK_API enum wijk_err wijk_store_save_account(struct wijk_cx *cx, struct wijk_store *store,
                                               const struct wijk_account *a);
/* NULL when there is none. With its grants. */
WIJK_API enum wijk_err wijk_store_read_account(struct wijk_cx *cx, struct wijk_store *store, int64_t id,
                                               const struct wijk_account **out);
WIJK_API enum wijk_err wijk_store_find_account(struct wijk_cx *cx, struct wijk_store *store, const char *name,
                                               const struct wijk_account **out);
WIJK_API enum wijk_err wijk_store_find_subject(struct wijk_cx *cx, struct wijk_store *store,
                                               const char *issuer, const char *subject,
                                               const struct wijk_account **out);
/* Those with a grant in that gemeente (NULL: all), of that partner (NULL: any), by id, after an id, at most
 * n_max; grants filled. */
WIJK_API enum wijk_err wijk_store_list_accounts(struct wijk_cx *cx, struct wijk_store *store,
                                                const char *gemeente, const char *partner, int64_t after,
                                                size_t n_max, const struct wijk_account **out, size_t *n);
/* Moment of the last sign-in, and the last code used; no new version. */
WIJK_API enum wijk_err wijk_store_account_seen(struct wijk_cx *cx, struct wijk_store *store, int64_t id,
                                               int64_t now, int64_t totp_step);
/* One that is there already is left as it is. */
WIJK_API enum wijk_err wijk_store_add_grant(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                            const struct wijk_grant *g, int64_t now);
/* *was: it was there. */
WIJK_API enum wijk_err wijk_store_drop_grant(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                             const struct wijk_grant *g, bool *was);
/* How many active accounts have that role there. */
WIJK_API enum wijk_err wijk_store_count_role(struct wijk_cx *cx, struct wijk_store *store,
                                             const char *gemeente, enum wijk_role role, size_t *n);
/* Is there any that was not removed? */
WIJK_API enum wijk_err wijk_store_has_accounts(struct wijk_cx *cx, struct wijk_store *store, bool *any);

/* ---- sessions and tokens: known by the hash of a secret that is not kept ---- */

struct wijk_session {
    int64_t nr, account; /* nr: given when added */
    bool second;
    const char *guard, *device;
    int64_t made_at, seen_at, ends_at;
};
WIJK_API enum wijk_err wijk_store_add_session(struct wijk_cx *cx, struct wijk_store *store,
                                              const uint8_t hash[WIJK_HASH], struct wijk_session *s);
WIJK_API enum wijk_err wijk_store_find_session(struct wijk_cx *cx, struct wijk_store *store,
                                               const uint8_t hash[WIJK_HASH],
                                               const struct wijk_session **out);
WIJK_API enum wijk_err wijk_store_session_seen(struct wijk_cx *cx, struct wijk_store *store,
                                               const uint8_t hash[WIJK_HASH], int64_t now);
/* From now on with a second factor. */
WIJK_API enum wijk_err wijk_store_session_second(struct wijk_cx *cx, struct wijk_store *store,
                                                 int64_t account, int64_t nr);
WIJK_API enum wijk_err wijk_store_list_sessions(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                                const struct wijk_session **out, size_t *n);
/* nr 0: all of the account. */
WIJK_API enum wijk_err wijk_store_end_sessions(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                               int64_t nr, size_t *n);

struct wijk_token {
    int64_t nr, account;
    const char *name;
    uint32_t scopes;
    bool second; /* it was made by who had shown a second factor */
    int64_t made_at, seen_at, ends_at;
};
WIJK_API enum wijk_err wijk_store_add_token(struct wijk_cx *cx, struct wijk_store *store,
                                            const uint8_t hash[WIJK_HASH], struct wijk_token *t);
WIJK_API enum wijk_err wijk_store_find_token(struct wijk_cx *cx, struct wijk_store *store,
                                             const uint8_t hash[WIJK_HASH], const struct wijk_token **out);
WIJK_API enum wijk_err wijk_store_list_tokens(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                              const struct wijk_token **out, size_t *n);
WIJK_API enum wijk_err wijk_store_end_tokens(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                             int64_t nr, size_t *n); /* nr 0: all */

/* ---- tickets: an invitation, a new password, a half-done sign-in; each works once ---- */

struct wijk_ticket {
    const char *kind;
    int64_t account;  /* 0 none */
    const char *body; /* of that kind; never NULL */
    int64_t ends_at;
};
WIJK_API enum wijk_err wijk_store_add_ticket(struct wijk_cx *cx, struct wijk_store *store,
                                             const uint8_t hash[WIJK_HASH], const struct wijk_ticket *t);
/* NULL: never given, of another kind, used or ended. */
WIJK_API enum wijk_err wijk_store_find_ticket(struct wijk_cx *cx, struct wijk_store *store,
                                              const uint8_t hash[WIJK_HASH], const char *kind, int64_t now,
                                              const struct wijk_ticket **out);
/* As find, and it is gone. */
/* Those of an account, the one that ends last first. */
WIJK_API enum wijk_err wijk_store_list_tickets(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                               const char *kind, int64_t now, const struct wijk_ticket **out,
                                               size_t *n);
WIJK_API enum wijk_err wijk_store_take_ticket(struct wijk_cx *cx, struct wijk_store *store,
                                              const uint8_t hash[WIJK_HASH], const char *kind, int64_t now,
                                              const struct wijk_ticket **out);
WIJK_API enum wijk_err wijk_store_drop_tickets(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                               const char *kind);
/* Of that kind only those n_max stay that end last. */
WIJK_API enum wijk_err wijk_store_trim_tickets(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                               const char *kind, size_t n_max);
WIJK_API enum wijk_err wijk_store_count_tickets(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                                const char *kind, int64_t now, size_t *n);

/* ---- proposals: what needs a second person ---- */

#define WIJK_PROPOSAL_VERDICTS(X)                                                                            \
    X(OPEN, "open")                                                                                          \
    X(AGREED, "akkoord")                                                                                     \
    X(REJECTED, "afgewezen")                                                                                 \
    X(WITHDRAWN, "ingetrokken")
enum wijk_proposal_verdict {
#define X(name, id) WIJK_PROPOSAL_##name,
    WIJK_PROPOSAL_VERDICTS(X)
#undef X
        WIJK_PROPOSAL_VERDICT_COUNT
};
WIJK_API const char *wijk_proposal_verdict_id(enum wijk_proposal_verdict v);
struct wijk_proposal {
    int64_t id, made_by, made_at, decided_by, decided_at;       /* decided: 0 not yet */
    const char *gemeente, *kind, *object, *body, *why, *answer; /* answer NULL: none */
    enum wijk_proposal_verdict verdict;
};
WIJK_API enum wijk_err wijk_store_add_proposal(struct wijk_cx *cx, struct wijk_store *store,
                                               struct wijk_proposal *p);
WIJK_API enum wijk_err wijk_store_read_proposal(struct wijk_cx *cx, struct wijk_store *store, int64_t id,
                                                const struct wijk_proposal **out);
/* Of that gemeente and kind (NULL: all), newest first; open ones only, or all. */
WIJK_API enum wijk_err wijk_store_list_proposals(struct wijk_cx *cx, struct wijk_store *store,
                                                 const char *gemeente, const char *kind, bool open_only,
                                                 size_t n_max, const struct wijk_proposal **out, size_t *n);
/* Those that account made of that kind about that object, open ones and those turned down; newest first. */
WIJK_API enum wijk_err wijk_store_own_proposals(struct wijk_cx *cx, struct wijk_store *store, int64_t made_by,
                                                const char *kind, const char *object,
                                                const struct wijk_proposal **out, size_t *n);
/* Fails WIJK_ECONFLICT when it was decided already. */
WIJK_API enum wijk_err wijk_store_decide_proposal(struct wijk_cx *cx, struct wijk_store *store,
                                                  const struct wijk_proposal *p);

/* ---- once: the same key again gives the same answer ---- */

enum { WIJK_ONCE_KEEP_S = 2 * 86400 };
struct wijk_once {
    uint8_t
        asked[WIJK_HASH]; /* of what was asked: the same key for another question is refused by who asks */
    int status;
    const char *location, *body; /* never NULL */
    const char *about;           /* what its text is of: "signaal:...", or "" nothing that is ever erased */
    int64_t made_at;
};
enum { WIJK_ONCE_GONE = 410 }; /* the status of an answer of which the text was erased */
WIJK_API enum wijk_err wijk_store_find_once(struct wijk_cx *cx, struct wijk_store *store,
                                            const uint8_t hash[WIJK_HASH], const struct wijk_once **out);
WIJK_API enum wijk_err wijk_store_add_once(struct wijk_cx *cx, struct wijk_store *store,
                                           const uint8_t hash[WIJK_HASH], const struct wijk_once *o);
/* Answers about that keep no text from now on: their status is WIJK_ONCE_GONE. */
WIJK_API enum wijk_err wijk_store_forget_once(struct wijk_cx *cx, struct wijk_store *store,
                                              const char *about);
/* Forgets what ended before now: sessions, tokens, tickets, answers of more than two days ago, and texts that
 * were taken away and can no longer come back; at most WIJK_SWEEP_MAX of each, so that nobody waits for it
 * long. Adding an answer forgets some old ones as well. */
enum { WIJK_SWEEP_MAX = 500 };
WIJK_API enum wijk_err wijk_store_sweep(struct wijk_cx *cx, struct wijk_store *store, int64_t now);

/* ---- audit ---- */

/* Takes its place at the end of the chain: nr, prev and hash are given, `at` is now or that of the row before
 * it when the clock went back. salt: WIJK_SALT random bytes, with which the reason is sealed and its words
 * kept beside the row; NULL: the reason is part of the row for ever. */
WIJK_API enum wijk_err wijk_store_add_audit(struct wijk_cx *cx, struct wijk_store *store,
                                            struct wijk_audit *row, const uint8_t *salt, int64_t now);
/* Erases those words, wherever they stand beside the log of that gemeente. The seals stay. */
WIJK_API enum wijk_err wijk_store_forget_why(struct wijk_cx *cx, struct wijk_store *store,
                                             const char *gemeente, const char *words);
struct wijk_audit_ask {
    const char *gemeente, *kind, *object; /* NULL: any */
    int64_t account;                      /* 0 any */
    int64_t before;                       /* rows with a lower nr; 0: from the end */
    size_t n_max;
};
/* Newest first. */
WIJK_API enum wijk_err wijk_store_read_audit(struct wijk_cx *cx, struct wijk_store *store,
                                             const struct wijk_audit_ask *ask, const struct wijk_audit **out,
                                             size_t *n);
/* Every row anew: NULL when the chain holds, else a sentence with the first row that does not. *rows, *end:
 * how many, and the hash that stands for all of them. */
WIJK_API enum wijk_err wijk_store_check_audit(struct wijk_cx *cx, struct wijk_store *store,
                                              const char **problem, int64_t *rows, uint8_t end[WIJK_HASH]);

#endif
