/* SPDX-License-Identifier: EUPL-1.2 */
/* What people cost: one permission check, a session looked up, a page of the log, and the whole log checked,
 * with few rows and with many: people FOLDER ACCOUNTS ROWS. Seconds of the processor. */
#include "flow/people_flow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(struct wijk_cx *cx, enum wijk_err err)
{
    if (!err) return;
    (void)fprintf(stderr, "%s\n", wijk_fault(cx));
    exit(1);
}

static void check_rights(void)
{
    const struct wijk_grant grant[] = {{"GM9901", "welzijn", WIJK_ROLE_PROFESSIONAL},
                                       {"GM9902", "", WIJK_ROLE_DIRECTOR},
                                       {"GM9903", "", WIJK_ROLE_NORMS}};
    const struct wijk_actor a = {7, grant, 3, true, WIJK_SCOPES_ALL};
    const struct wijk_object o = {.gemeente = "GM9903", .partner = "wonen", .maker = 4};
    enum { TIMES = 10000000 };
    unsigned yes = 0;
    double since = now_s();
    for (unsigned k = 0; k < TIMES; k++)
        yes += wijk_may(&a, (enum wijk_right)(k % WIJK_RIGHT_COUNT), &o) == WIJK_MAY_YES;
    printf("permission check: %.0f ns (%u yes)\n", (now_s() - since) / TIMES * 1e9, yes);
}

struct fill {
    int64_t accounts, rows;
};

static enum wijk_err fill(struct wijk_cx *all, struct wijk_store *store, void *arg)
{
    const struct fill *f = arg;
    (void)all;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    uint8_t hash[WIJK_HASH];
    for (int64_t k = 0; k < f->accounts; k++) {
        char name[24], partner[24];
        (void)snprintf(name, sizeof name, "mens%lld", (long long)k);
        (void)snprintf(partner, sizeof partner, "partner-%lld", (long long)(k % 1000));
        struct wijk_account a = {.name = name, .shown = name, .gemeente = "GM9901"};
        a.state = WIJK_ACCOUNT_ACTIVE;
        must(cx, wijk_store_add_account(cx, store, &a));
        const struct wijk_grant g = {"GM9901", partner, WIJK_ROLE_PROFESSIONAL};
        must(cx, wijk_store_add_grant(cx, store, a.id, &g, 1790000000));
        struct wijk_session s = {.account = a.id, .guard = "g", .device = "", .made_at = 1790000000};
        s.seen_at = s.made_at, s.ends_at = s.made_at + 43200;
        wijk_secret_hash(name, hash);
        must(cx, wijk_store_add_session(cx, store, hash, &s));
    }
    for (int64_t k = 0; k < f->rows; k++) {
        char object[24];
        (void)snprintf(object, sizeof object, "%lld", (long long)(k % 997));
        struct wijk_audit row = {
            .account = 1 + k % 997, .gemeente = "GM9901", .via = "web", .kind = "sessie"};
        row.object = object, row.done = WIJK_DONE_SIGN_IN, row.after = "{\"tweedeFactor\":true}";
        must(cx, wijk_store_add_audit(cx, store, &row, NULL, 1790000000 + k));
        if (k % 1000 == 999) {
            wijk_cx_end(cx);
            cx = wijk_cx_new(WIJK_NL);
        }
    }
    wijk_cx_end(cx);
    return WIJK_OK;
}

static void look(struct wijk_store *store, const struct fill *f)
{
    enum { TIMES = 2000 };
    struct wijk_flow_who who;
    const struct wijk_audit *rows;
    const struct wijk_account *list;
    size_t n;
    double took[3] = {0};
    for (int64_t k = 0; k < TIMES; k++) {
        struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
        char name[24];
        (void)snprintf(name, sizeof name, "mens%lld", (long long)(k * 7919 % f->accounts));
        double since = now_s();
        must(cx, wijk_flow_session(cx, store, name, 1790000100, &who));
        if (!who.account) exit(1);
        took[0] += now_s() - since, since = now_s();
        const struct wijk_audit_ask ask = {.gemeente = "GM9901", .before = f->rows / 2, .n_max = 50};
        must(cx, wijk_store_read_audit(cx, store, &ask, &rows, &n));
        took[1] += now_s() - since, since = now_s();
        must(cx, wijk_store_list_accounts(cx, store, "GM9901", NULL, f->accounts / 2, 50, &list, &n));
        took[2] += now_s() - since;
        wijk_cx_end(cx);
    }
    printf("session looked up %.1f us, page of the log %.1f us, page of accounts %.1f us\n",
           took[0] / TIMES * 1e6, took[1] / TIMES * 1e6, took[2] / TIMES * 1e6);
}

int main(int argc, char **argv)
{
    if (argc != 4) return 2;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_store *store;
    struct fill f = {strtoll(argv[2], NULL, 10), strtoll(argv[3], NULL, 10)};
    const char *problem;
    int64_t rows;
    uint8_t end[WIJK_HASH];
    check_rights();
    must(cx, wijk_store_create(cx, wijk_sprintf(cx, "%s/people-%s.gpkg", argv[1], argv[3]), &store));
    double since = now_s();
    must(cx, wijk_store_in_transaction(cx, store, fill, &f));
    printf("%s accounts and %s rows of the log written in %.1f s\n", argv[2], argv[3], now_s() - since);
    look(store, &f);
    since = now_s();
    must(cx, wijk_store_check_audit(cx, store, &problem, &rows, end));
    printf("%lld rows checked in %.1f s: %s\n", (long long)rows, now_s() - since,
           problem ? problem : "whole");
    wijk_store_close(store);
    wijk_cx_end(cx);
    return problem != NULL;
}
