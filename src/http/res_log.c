/* SPDX-License-Identifier: EUPL-1.2 */
/* /logboek: the log of a gemeente, newest first, page by page; and as a file, which leaves a row itself. */
#include "http/handlers.h"
#include "http/partner_json.h"
#include "http/people_json.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGE = 100, FILE_PAGE = 1000 };
enum { GEMEENTE, KIND, ACCOUNT, BEFORE };

void wijk__json_audit(struct http_call *c, const struct wijk_audit *a)
{
    struct wijk_json_out *w = &c->json;
    wijk_json_begin_object(w);
    wijk_json_kv_int(w, "nr", a->nr);
    wijk_json_kv_str(w, "op", a->at);
    if (a->account)
        wijk_json_kv_int(w, "account", a->account);
    else
        wijk__res_null(w, "account");
    wijk__res_text(w, "langs", a->via);
    wijk_json_kv_str(w, "gedaan", wijk_done_id(a->done));
    wijk_json_kv_str(w, "gedaanNaam", wijk_tr(c->cx, wijk_done_words(a->done)));
    wijk__res_text(w, "gemeente", a->gemeente);
    wijk__res_text(w, "soort", a->kind);
    wijk__res_text(w, "object", a->object);
    const char *why = wijk_audit_why(a);
    wijk__res_text(w, "waarom", why ? wijk_tr(c->cx, why) : NULL);
    wijk__res_text(w, "zegel", why != a->why ? a->why : NULL);
    wijk__res_text(w, "was", a->before);
    wijk__res_text(w, "werd", a->after);
    char hash[2 * WIJK_HASH + 1];
    wijk_hex(a->hash, WIJK_HASH, hash);
    wijk_json_kv_str(w, "vingerafdruk", hash);
    wijk_json_end_object(w);
}

/* What is of no gemeente has a word of its own: the machine, who tried to sign in under a name that is not
 * there. */
static const char NO_GEMEENTE[] = "geen";

static const char *named(const char *gemeente)
{
    return *gemeente ? gemeente : NO_GEMEENTE;
}

static struct wijk_audit_ask asked(struct http_call *c, size_t n_max)
{
    const bool none = c->text[GEMEENTE] && strcmp(c->text[GEMEENTE], NO_GEMEENTE) == 0;
    struct wijk_audit_ask ask = {.gemeente = none ? "" : wijk__call_gemeente(c, c->text[GEMEENTE]),
                                 .kind = c->text[KIND] && *c->text[KIND] ? c->text[KIND] : NULL,
                                 .n_max = n_max};
    if (c->text[ACCOUNT]) ask.account = wijk__query_number(c, ACCOUNT, "account");
    if (c->text[BEFORE]) ask.before = wijk__query_number(c, BEFORE, "voor");
    return ask;
}

static enum wijk_err json_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    const struct wijk_audit_ask *ask = arg;
    struct wijk_deed d = wijk__door_deed(c, NULL);
    struct wijk_json_out *w = &c->json;
    const struct wijk_audit *v;
    size_t n;
    WIJK_TRY(wijk_flow_audit(c->cx, store, &d, ask, &v, &n));
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "gemeente", named(ask->gemeente));
    wijk__res_list(w, "regels");
    for (size_t k = 0; k < n; k++) wijk__json_audit(c, &v[k]);
    wijk_json_end_array(w);
    if (n && n == ask->n_max)
        wijk_json_kv_int(w, "volgende", v[n - 1].nr);
    else
        wijk__res_null(w, "volgende");
    wijk_json_end_object(w);
    return WIJK_OK;
}

void wijk__res_log(struct http_call *c)
{
    struct wijk_audit_ask ask = asked(c, PAGE);
    if (!wijk__call_faulty(c)) wijk__desk_read(c, json_body, &ask);
}

/* ---- as a file: all that was asked for, page by page, into a file without a name ---- */

static enum wijk_err take_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct wijk_deed d = wijk__door_deed(c, NULL);
    return wijk_flow_audit_take(c->cx, store, &d, arg);
}

struct file {
    struct wijk_audit_ask ask;
    bool json;
    struct wijk_file_out *out;
    struct wijk_table_out *table; /* NULL: JSON, by the writer of the call */
};

/* Memory is that of one page, however long the log is. */
static enum wijk_err put_pages(struct http_call *c, struct wijk_store *store, struct file *f)
{
    struct wijk_deed d = wijk__door_deed(c, NULL);
    enum wijk_err err = WIJK_OK;
    for (size_t n = FILE_PAGE; n == FILE_PAGE && !err;) {
        struct wijk_mark mark = wijk_cx_mark(c->cx);
        const struct wijk_audit *v;
        err = wijk_flow_audit(c->cx, store, &d, &f->ask, &v, &n);
        if (err) break; /* its sentence stays */
        for (size_t k = 0; k < n; k++) {
            if (f->table)
                wijk_table_audit(f->table, c->cx, &v[k], true);
            else
                wijk__json_audit(c, &v[k]);
        }
        if (n) f->ask.before = v[n - 1].nr;
        wijk_cx_rewind(c->cx, mark);
    }
    return err;
}

static enum wijk_err put_csv(struct http_call *c, struct wijk_store *store, struct file *f)
{
    static const struct wijk_column COLUMNS[] = {
        {"nr", "nr", -1},        {"op", "op", -1},     {"account", "", -1}, {"langs", "", -1},
        {"gedaan", "", -1},      {"gemeente", "", -1}, {"soort", "", -1},   {"object", "", -1},
        {"waarom", "", -1},      {"zegel", "", -1},    {"was", "", -1},     {"werd", "", -1},
        {"vingerafdruk", "", -1}};
    f->table = wijk_table_open(c->cx, WIJK_FORMAT_CSV, wijk_file_out(f->out), COLUMNS,
                               sizeof COLUMNS / sizeof *COLUMNS);
    enum wijk_err err = put_pages(c, store, f);
    wijk_table_close(f->table);
    return err;
}

static enum wijk_err put_json(struct http_call *c, struct wijk_store *store, struct file *f)
{
    struct wijk_json_out *w = &c->json, kept = *w;
    wijk_json_out_open(w, wijk_file_out(f->out));
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "gemeente", named(f->ask.gemeente));
    wijk__res_list(w, "regels");
    enum wijk_err err = put_pages(c, store, f);
    wijk_json_end_array(w);
    wijk__res_null(w, "volgende");
    wijk_json_end_object(w);
    wijk_json_out_close(w);
    *w = kept;
    return err;
}

static enum wijk_err file_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct file *f = arg;
    int fd = -1;
    struct stat st;
    WIJK_TRY(wijk_file_out_to(c->cx, &(struct wijk_file_to){wijk__http_scratch(c->cx), false, &fd}, &f->out));
    enum wijk_err err = f->json ? put_json(c, store, f) : put_csv(c, store, f);
    if (err) {
        wijk_file_out_drop(f->out);
        return err;
    }
    WIJK_TRY(wijk_file_out_done(f->out));
    if (fstat(fd, &st) != 0) {
        close(fd);
        return wijk_fail(c->cx, WIJK_EIO, "Schrijven lukt niet.");
    }
    c->out->file = fd;
    c->out->file_bytes = (uint64_t)st.st_size;
    c->out->content_type = f->json ? "application/json" : "text/csv; charset=utf-8";
    wijk__http_header(c->out, "Content-Disposition",
                      wijk_sprintf(c->cx, "attachment; filename=\"logboek.%s\"", f->json ? "json" : "csv"));
    return WIJK_OK;
}

void wijk__res_log_file(struct http_call *c)
{
    struct file f = {.json = strcmp(c->arg[0], "json") == 0};
    if (!f.json && strcmp(c->arg[0], "csv") != 0) {
        wijk__http_not_found(c, wijk_tr(c->cx, "Kies json of csv."));
        return;
    }
    f.ask = asked(c, FILE_PAGE);
    if (wijk__call_faulty(c)) return;
    wijk__desk_write_secret(c, take_body, &f.ask);
    if (c->out->status == 200) wijk__desk_read(c, file_body, &f);
}
