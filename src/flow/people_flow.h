/* SPDX-License-Identifier: EUPL-1.2 */
/* Recipes about people: accounts, signing in, sessions and tokens, roles that need two, the log. A recipe
 * that writes runs in the open transaction or in one of its own, asks wijk_may() about the object, and leaves
 * a row in the log. Faults: WIJK_ELOGIN nobody is signed in (or the name, password or code is wrong: never
 * which), WIJK_EDENIED, and WIJK_ENOTFOUND also for what is of another gemeente; WIJK_ECONFLICT somebody was
 * first; WIJK_EDATA it cannot be so. */
#ifndef WIJK_FLOW_PEOPLE_FLOW_H
#define WIJK_FLOW_PEOPLE_FLOW_H

#include "flow/flow.h"
#include "store/people_store.h"

/* Who does it, by which way, when, and why. The actor of who has the machine is NULL: it may all. */
struct wijk_deed {
    const struct wijk_actor *actor;
    const char *via; /* "web", "api", "opdrachtregel", "eerste-keer", "sso" */
    int64_t now;     /* seconds since 1970, UTC */
    const char *why; /* NULL: not asked */
};
/* For recipes over what people make: WIJK_OK, or the fault that fits, with its sentence. */
WIJK_API enum wijk_err wijk_deed_may(struct wijk_cx *cx, const struct wijk_deed *d, enum wijk_right right,
                                     const struct wijk_object *o);
/* The row of the log, in the same transaction as what it tells. before and after: JSON or NULL; no free text,
 * no names of people. */
WIJK_API enum wijk_err wijk_deed_log(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                     enum wijk_done done, const char *gemeente, const char *kind,
                                     const char *object, const char *before, const char *after);

/* ---- secrets (secret.c) ---- */

enum { WIJK_SECRET_TEXT = 44 }; /* room for the text of one: 256 random bits, URL safe, and its NUL */
/* Fails WIJK_EIO when the system gives no random bytes. */
WIJK_API enum wijk_err wijk_secret_new(struct wijk_cx *cx, char text[WIJK_SECRET_TEXT]);
WIJK_API void wijk_secret_hash(const char *text, uint8_t hash[WIJK_HASH]);

/* ---- accounts (accounts.c) ---- */

enum { WIJK_INVITE_S = 7 * 86400, WIJK_RESET_S = 86400 };
struct wijk_flow_invite_in {
    const char *name, *shown; /* as they were typed; shown NULL: the name */
    struct wijk_grant grant;
};
struct wijk_flow_invite {
    int64_t account;
    char ticket[WIJK_SECRET_TEXT]; /* shown once, as part of a link */
    int64_t ends_at, proposal;     /* proposal: the role waits for a second person; 0 it was given at once */
};
/* A new account, invited. By the machine, or while a gemeente has one beheerder who asks for a second: with
 * its role; otherwise the role is a proposal. */
WIJK_API enum wijk_err wijk_flow_invite(struct wijk_cx *cx, struct wijk_store *store,
                                        const struct wijk_deed *d, const struct wijk_flow_invite_in *in,
                                        struct wijk_flow_invite *out);
/* A link with which the owner chooses a new password, or (second) a new second factor as well. */
WIJK_API enum wijk_err wijk_flow_reset(struct wijk_cx *cx, struct wijk_store *store,
                                       const struct wijk_deed *d, int64_t account, bool second,
                                       struct wijk_flow_invite *out);
/* Whose link it is; for the page that asks for a password. Fails WIJK_ENOTFOUND used, ended or never given.
 */
WIJK_API enum wijk_err wijk_flow_ticket_owner(struct wijk_cx *cx, struct wijk_store *store,
                                              const char *ticket, int64_t now,
                                              const struct wijk_account **out);
/* The password the owner of the link chose, as it is kept. Takes a tenth of a second and 64 MiB; writes
 * nothing. Fails WIJK_EDATA one that will not do. */
WIJK_API enum wijk_err wijk_flow_password(struct wijk_cx *cx, struct wijk_store *store, const char *ticket,
                                          struct wijk_str password, int64_t now, const char **kept);
/* The owner has that password from now on. The link is used up; every session and key ends. For a week
 * who made the link and the owner do not decide on what the other proposes. */
WIJK_API enum wijk_err wijk_flow_ticket_use(struct wijk_cx *cx, struct wijk_store *store,
                                            const struct wijk_deed *d, const char *ticket, const char *kept);
/* Stops an account at once (sessions and tokens end), or lets it go on; not the last beheerder of a gemeente.
 */
WIJK_API enum wijk_err wijk_flow_account_stop(struct wijk_cx *cx, struct wijk_store *store,
                                              const struct wijk_deed *d, int64_t account, bool stop);
/* Takes name, secrets and roles away for ever; what it made keeps its number. */
WIJK_API enum wijk_err wijk_flow_account_remove(struct wijk_cx *cx, struct wijk_store *store,
                                                const struct wijk_deed *d, int64_t account);
/* Those the actor may see. */
WIJK_API enum wijk_err wijk_flow_accounts(struct wijk_cx *cx, struct wijk_store *store,
                                          const struct wijk_deed *d, const char *gemeente, int64_t after,
                                          size_t n_max, const struct wijk_account **out, size_t *n);

/* ---- signing in (signin.c) ---- */

enum { WIJK_SESSION_IDLE_S = 2 * 3600, WIJK_SESSION_S = 12 * 3600 };
struct wijk_flow_signin_in {
    const char *name;
    struct wijk_str password, code; /* code "": none given yet */
};
/* What the password and the code came to: for wijk_flow_sign_in(). */
struct wijk_flow_look {
    int64_t account; /* 0: no such name */
    bool fits, asks_code;
    int64_t step;
    uint32_t times; /* how often it went wrong by now, where that is counted; 0 it is not */
};
/* Takes a tenth of a second and 64 MiB, whether the name is known or not; writes nothing. */
WIJK_API enum wijk_err wijk_flow_look(struct wijk_cx *cx, struct wijk_store *store,
                                      const struct wijk_flow_signin_in *in, int64_t now,
                                      struct wijk_flow_look *out);
struct wijk_flow_signin {
    int64_t account;
    char token[WIJK_SECRET_TEXT], guard[WIJK_SECRET_TEXT];
    int64_t ends_at;
    bool second;
    bool asks_code; /* of wijk_flow_arrive(): no session yet, the token is for wijk_flow_arrived_look() */
};
/* A session for who was looked at; when it did not fit, out->account 0 and a row in the log: of who guesses
 * on and on the first five times, then each time the number has doubled. */
WIJK_API enum wijk_err wijk_flow_sign_in(struct wijk_cx *cx, struct wijk_store *store,
                                         const struct wijk_deed *d, const struct wijk_flow_look *look,
                                         const char *device, struct wijk_flow_signin *out);
/* For who was signed in elsewhere (single sign-on): a session for that account. device: what the browser
 * calls itself. */
WIJK_API enum wijk_err wijk_flow_session_open(struct wijk_cx *cx, struct wijk_store *store,
                                              const struct wijk_deed *d, int64_t account, bool second,
                                              const char *device, struct wijk_flow_signin *out);
struct wijk_flow_arrive_in {
    const char *issuer, *subject, *name; /* name "": not told */
    const struct wijk_grant *grant;      /* all its roles: others go, new ones wait for a second person */
    size_t n_grant;
    bool second;
    const char *device, *proof; /* proof: a secret with which the sign-in there is ended; NULL none */
    bool roles_at_once;         /* a second person there looked at the roles: they wait for nobody here */
};
enum { WIJK_ARRIVE_S = 600, WIJK_ARRIVE_TRIES = 5 };
/* An account for who the provider says it is, with the roles that it gives, and a session. A
 * new role with any right in it is a proposal first, made by the account itself, which a beheerder decides
 * on. Where the provider tells of no second step and the account has one of its own, that is asked first:
 * out->asks_code, and out->token is good for WIJK_ARRIVE_TRIES codes in WIJK_ARRIVE_S. (arrive.c) */
WIJK_API enum wijk_err wijk_flow_arrive(struct wijk_cx *cx, struct wijk_store *store,
                                        const struct wijk_deed *d, const struct wijk_flow_arrive_in *in,
                                        struct wijk_flow_signin *out);
/* The account of who arrived and owes a code; does the code fit? Writes nothing. Fails WIJK_ENOTFOUND too
 * late, or never arrived. */
WIJK_API enum wijk_err wijk_flow_arrived_look(struct wijk_cx *cx, struct wijk_store *store, const char *token,
                                              struct wijk_str code, int64_t now, struct wijk_flow_look *out);
/* With a code that fits: the session. Else one try less, a row in the log, and out->account 0. */
WIJK_API enum wijk_err wijk_flow_arrived_code(struct wijk_cx *cx, struct wijk_store *store,
                                              const struct wijk_deed *d, const char *token,
                                              const struct wijk_flow_look *look, const char *device,
                                              struct wijk_flow_signin *out);
/* The proof of that session, once; NULL: it has none. */
WIJK_API enum wijk_err wijk_flow_arrived_proof(struct wijk_cx *cx, struct wijk_store *store,
                                               const char *token, int64_t now, const char **proof);
struct wijk_flow_who {
    struct wijk_actor actor;
    const struct wijk_account *account; /* NULL: nobody */
    int64_t session;                    /* its number; 0: by token */
    const char *guard;
    int64_t ends_at;
};
/* Who has this session token. account NULL: nobody any more. Writes at most once a minute when `store` may be
 * written. */
WIJK_API enum wijk_err wijk_flow_session(struct wijk_cx *cx, struct wijk_store *store, const char *token,
                                         int64_t now, struct wijk_flow_who *out);
WIJK_API enum wijk_err wijk_flow_session_seen(struct wijk_cx *cx, struct wijk_store *store, const char *token,
                                              int64_t now);
/* Who has this bearer token. */
WIJK_API enum wijk_err wijk_flow_bearer(struct wijk_cx *cx, struct wijk_store *store, const char *token,
                                        int64_t now, struct wijk_flow_who *out);
/* Ends one session of the actor (0: all of them). elsewhere: in another browser than he uses now, so that he
 * may have lost it: none of his browsers is known any more. Fails WIJK_ENOTFOUND. */
WIJK_API enum wijk_err wijk_flow_sign_out(struct wijk_cx *cx, struct wijk_store *store,
                                          const struct wijk_deed *d, int64_t session, bool elsewhere);
/* A new secret for the second factor, waiting for its first code. */
WIJK_API enum wijk_err wijk_flow_second_begin(struct wijk_cx *cx, struct wijk_store *store,
                                              const struct wijk_deed *d, char ticket[WIJK_SECRET_TEXT],
                                              uint8_t secret[WIJK_TOTP_SECRET]);
/* The first code is right: from now on it is asked. The session has it too. */
WIJK_API enum wijk_err wijk_flow_second_set(struct wijk_cx *cx, struct wijk_store *store,
                                            const struct wijk_deed *d, const char *ticket,
                                            struct wijk_str code, int64_t session);

/* ---- browsers in which one signed in before: slowed down apart from strangers (browser.c) ---- */

enum { WIJK_BROWSER_S = 180 * 86400 };
/* Did the account of that name sign in in the browser that has this token? It says nothing else. */
WIJK_API enum wijk_err wijk_flow_browser_known(struct wijk_cx *cx, struct wijk_store *store,
                                               const char *token, const char *name, int64_t now, bool *known);
/* For who just signed in: a token for this browser, instead of the one it had (NULL: none). The newest 20 of
 * an account stay. A new password, a stopped account and wijk_flow_sign_out() elsewhere end them all. */
WIJK_API enum wijk_err wijk_flow_browser_keep(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                              const char *before, int64_t now, char token[WIJK_SECRET_TEXT]);
WIJK_API enum wijk_err wijk_flow_browser_count(struct wijk_cx *cx, struct wijk_store *store, int64_t account,
                                               int64_t now, size_t *n);

struct wijk_flow_token_in {
    const char *name;
    uint32_t scopes;
    int days; /* 1 to 366 */
};
WIJK_API enum wijk_err wijk_flow_token_add(struct wijk_cx *cx, struct wijk_store *store,
                                           const struct wijk_deed *d, const struct wijk_flow_token_in *in,
                                           struct wijk_token *out, char text[WIJK_SECRET_TEXT]);
WIJK_API enum wijk_err wijk_flow_token_end(struct wijk_cx *cx, struct wijk_store *store,
                                           const struct wijk_deed *d, int64_t nr);

/* ---- roles: asked by one, given by another (roles.c) ---- */

struct wijk_flow_role {
    int64_t account;
    struct wijk_grant grant;
    bool take; /* away */
};
/* Gives the proposal. Fails WIJK_EDATA without a reason, or when it would take the last beheerder away. */
WIJK_API enum wijk_err wijk_flow_role_ask(struct wijk_cx *cx, struct wijk_store *store,
                                          const struct wijk_deed *d, const struct wijk_flow_role *in,
                                          int64_t *proposal);
/* By someone else. Sessions of the account end when a role goes. */
WIJK_API enum wijk_err wijk_flow_role_decide(struct wijk_cx *cx, struct wijk_store *store,
                                             const struct wijk_deed *d, int64_t proposal, bool agree,
                                             const char *answer);
/* By the machine, at once. */
WIJK_API enum wijk_err wijk_flow_role_set(struct wijk_cx *cx, struct wijk_store *store,
                                          const struct wijk_deed *d, const struct wijk_flow_role *in);

/* ---- the log (deed.c) ---- */

WIJK_API enum wijk_err wijk_flow_audit(struct wijk_cx *cx, struct wijk_store *store,
                                       const struct wijk_deed *d, const struct wijk_audit_ask *ask,
                                       const struct wijk_audit **out, size_t *n);
/* May it be taken along as a file; who does so leaves a row himself. Of one's own account: ask->account, no
 * gemeente. */
WIJK_API enum wijk_err wijk_flow_audit_take(struct wijk_cx *cx, struct wijk_store *store,
                                            const struct wijk_deed *d, const struct wijk_audit_ask *ask);

#endif
