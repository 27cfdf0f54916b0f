/* SPDX-License-Identifier: EUPL-1.2 */
/* /logboek: the log of a gemeente, newest first, page by page; and as a file, which leaves a row itself. */
#include "http/handlers.h"
#include "http/partner_json.h"
#include "http/people_json.h"

#include <string.h>

enum { PAGE = 100, FILE_ROWS = 10000 };
enum { GEMEENTE, KIND, ACCOUNT, BEFORE };

static const char *hex_of(struct wijk_cx *cx, const uint8_t hash[WIJK_HASH])
{
    static const char DIGIT[] = "0123456789abcdef";
    char *text = WIJK_NEW(cx, char, 2 * WIJK_HASH + 1);
    for (size_t i = 0; i < WIJK_HASH; i++) {
        text[2 * i] = DIGIT[hash[i] >> 4];
        text[2 * i + 1] = DIGIT[hash[i] & 15];
    }
    return text;
}

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
    wijk__res_text(w, "waarom", a->why);
    wijk__res_text(w, "was", a->before);
    wijk__res_text(w, "werd", a->after);
    wijk_json_kv_str(w, "vingerafdruk", hex_of(c->cx, a->hash));
    wijk_json_end_object(w);
}

static struct wijk_audit_ask asked(struct http_call *c, size_t n_max)
{
    struct wijk_audit_ask ask = {.gemeente = wijk__call_gemeente(c, c->text[GEMEENTE]),
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
    wijk_json_kv_str(w, "gemeente", ask->gemeente);
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

/* ---- as a file ---- */

static enum wijk_err take_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    struct wijk_deed d = wijk__door_deed(c, NULL);
    return wijk_flow_audit_take(c->cx, store, &d, arg);
}

static bool to_body(void *self, const void *bytes, size_t n)
{
    wijk_buf_put(self, bytes, n);
    return true;
}

static enum wijk_err csv_body(struct http_call *c, struct wijk_store *store, void *arg)
{
    static const struct wijk_column COLUMNS[] = {
        {"nr", "nr", -1},   {"op", "op", -1},     {"account", "", -1}, {"langs", "", -1},
        {"gedaan", "", -1}, {"gemeente", "", -1}, {"soort", "", -1},   {"object", "", -1},
        {"waarom", "", -1}, {"was", "", -1},      {"werd", "", -1},    {"vingerafdruk", "", -1}};
    struct wijk_deed d = wijk__door_deed(c, NULL);
    const struct wijk_audit *v;
    size_t n;
    WIJK_TRY(wijk_flow_audit(c->cx, store, &d, arg, &v, &n));
    struct wijk_table_out *t = wijk_table_open(c->cx, WIJK_FORMAT_CSV, (struct wijk_out){to_body, &c->buf},
                                               COLUMNS, sizeof COLUMNS / sizeof *COLUMNS);
    for (size_t k = 0; k < n; k++) {
        wijk_table_int(t, v[k].nr);
        wijk_table_text(t, v[k].at);
        if (v[k].account)
            wijk_table_int(t, v[k].account);
        else
            wijk_table_empty(t);
        wijk_table_text(t, v[k].via);
        wijk_table_text(t, wijk_done_id(v[k].done));
        wijk_table_text(t, v[k].gemeente);
        wijk_table_text(t, v[k].kind);
        wijk_table_text(t, v[k].object);
        wijk_table_text(t, v[k].why);
        wijk_table_text(t, v[k].before);
        wijk_table_text(t, v[k].after);
        wijk_table_text(t, hex_of(c->cx, v[k].hash));
        wijk_table_end_row(t);
    }
    wijk_table_close(t);
    c->out->content_type = "text/csv; charset=utf-8";
    wijk__http_header(c->out, "Content-Disposition", "attachment; filename=\"logboek.csv\"");
    return WIJK_OK;
}

void wijk__res_log_file(struct http_call *c)
{
    const bool json = strcmp(c->arg[0], "json") == 0;
    if (!json && strcmp(c->arg[0], "csv") != 0) {
        wijk__http_not_found(c, wijk_tr(c->cx, "Kies json of csv."));
        return;
    }
    struct wijk_audit_ask ask = asked(c, FILE_ROWS);
    if (wijk__call_faulty(c)) return;
    wijk__desk_write_secret(c, take_body, &ask);
    if (c->out->status == 200) wijk__desk_read(c, json ? json_body : csv_body, &ask);
}
