/* SPDX-License-Identifier: EUPL-1.2 */
/* What is new in an area, of what is public: for feeds and letters. */
#include "flow/flow_int.h"
#include "flow/follow_flow.h"

#include <stdlib.h>
#include <string.h>

struct making {
    struct wijk_cx *cx;
    const struct wijk_snapshot *s;
    const struct wijk_profile *p;
    struct wijk_feed_entry *v;
    size_t n, cap;
    const char *path;
};

static void add(struct making *m, struct wijk_feed_entry e)
{
    m->v = wijk_grow(m->cx, m->v, m->n, &m->cap, sizeof *m->v);
    m->v[m->n++] = e;
}

/* "2026-01-01T00:00:00Z"; 0: it is none. */
static int64_t moment(const char *text)
{
    struct wijk_str s = wijk_str(text);
    int64_t day, h, min, sec;
    if (s.n < 19 || !wijk_date_parse((struct wijk_str){s.p, 10}, &day) ||
        !wijk_int_parse((struct wijk_str){s.p + 11, 2}, 0, 23, &h) ||
        !wijk_int_parse((struct wijk_str){s.p + 14, 2}, 0, 59, &min) ||
        !wijk_int_parse((struct wijk_str){s.p + 17, 2}, 0, 60, &sec))
        return 0;
    return day + h * 3600 + min * 60 + sec;
}

/* ---- files that brought figures ---- */

static uint32_t load_of(const struct wijk_series *v, size_t area)
{
    return v->load && area < v->n && v->status[area] != WIJK_STATUS_MISSING ? v->load[area] : 0;
}

static void add_loads(struct making *m)
{
    const struct wijk_snapshot_division *d = m->p->division;
    size_t *figures = WIJK_NEW(m->cx, size_t, m->s->n_load + 1);
    struct wijk_period *newest = WIJK_NEW(m->cx, struct wijk_period, m->s->n_load + 1);
    for (size_t k = 0; k < d->n_series; k++) {
        const uint32_t id = load_of(d->series[k], m->p->area);
        const struct wijk_period at = d->series[k]->key.period;
        if (!id || id > m->s->n_load) continue;
        figures[id]++;
        if (wijk_period_key(at) > wijk_period_key(newest[id])) newest[id] = at;
    }
    for (size_t k = 0; k < m->s->n_load; k++) {
        const struct wijk_load *l = &m->s->load[k];
        const struct wijk_source *source = wijk_defs_source(m->s->defs, l->source);
        const char *title = !source                          ? l->source
                            : wijk_cx_lang(m->cx) == WIJK_EN ? source->title_en
                                                             : source->title_nl;
        char period[16];
        if (!figures[l->id] || !moment(l->loaded_at)) continue;
        wijk_period_write(newest[l->id], period);
        add(m, (struct wijk_feed_entry){
                   .id = wijk_sprintf(m->cx, "urn:wijkregie:lading:%.16s:%s", l->sha256, m->p->self->code),
                   .at = moment(l->loaded_at),
                   .title = wijk_sprintf(m->cx, wijk_tr(m->cx, "Nieuwe cijfers over %s: %s"),
                                         m->p->self->name, title),
                   .text = wijk_sprintf(m->cx, wijk_tr(m->cx, "%zu cijfers, de nieuwste over %s."),
                                        figures[l->id], period),
                   .path = m->path});
    }
}

/* ---- what breaks a series, and what a gemeente tells ---- */

static int64_t start_of(struct wijk_cx *cx, struct wijk_period p)
{
    int64_t day;
    const char *text = wijk_sprintf(cx, "%04d-%02d-01", p.year, p.month ? p.month : 1);
    return wijk_date_parse(wijk_str(text), &day) ? day : 0;
}

static enum wijk_err add_happenings(struct making *m)
{
    const struct wijk_happening *v;
    size_t n;
    if (m->p->n_scores == 0) return WIJK_OK;
    WIJK_TRY(wijk_flow_happenings(m->cx, m->s, m->p, NULL, &v, &n));
    for (size_t k = 0; k < n; k++) {
        const char *words = v[k].words;
        add(m, (struct wijk_feed_entry){
                   .id = wijk_sprintf(m->cx, "urn:wijkregie:%s:%s:%d-%02d:%016llx",
                                      wijk_happening_kind_id(v[k].kind), m->p->self->code, v[k].from.year,
                                      v[k].from.month,
                                      (unsigned long long)wijk_hash64(v[k].event ? v[k].event->id : "",
                                                                      v[k].event ? strlen(v[k].event->id) : 0,
                                                                      v[k].load ? v[k].load->id : 0)),
                   .at = v[k].load ? moment(v[k].load->loaded_at) : start_of(m->cx, v[k].from),
                   .title = wijk_sprintf(m->cx, "%s: %s", m->p->self->name,
                                         wijk_tr(m->cx, wijk_happening_kind_text(v[k].kind))),
                   .text = words,
                   .path = m->path});
    }
    return WIJK_OK;
}

/* ---- what is offered ---- */

static enum wijk_err add_offers(struct making *m, struct wijk_store *store)
{
    static const struct wijk_actor NOBODY = {0};
    const struct wijk_deed d = {&NOBODY, "volg", 0, NULL};
    char gemeente[WIJK_CODE_MAX];
    const struct wijk_flow_offer *v;
    size_t n;
    if (m->p->division->areas.level > WIJK_LEVEL_GEMEENTE || !wijk_code_gemeente(m->p->self->code, gemeente))
        return WIJK_OK;
    WIJK_TRY(wijk_flow_offers(m->cx, store, &d,
                              &(struct wijk_flow_offer_ask){.gemeente = gemeente, .area = m->p->self->code},
                              &v, &n));
    for (size_t k = 0; k < n; k++) {
        const struct wijk_offer *o = v[k].o;
        add(m,
            (struct wijk_feed_entry){
                .id = wijk_sprintf(m->cx, "urn:wijkregie:aanbod:%lld:%lld", (long long)o->id,
                                   (long long)o->edited.public_version),
                .at = o->edited.changed_at,
                .title = wijk_sprintf(m->cx, wijk_tr(m->cx, "Aanbod: %s (%s)"), o->title, v[k].partner_name),
                .text = *o->what ? o->what : o->title,
                .path = wijk_sprintf(m->cx, "/wie-doet-wat/%s", o->partner)});
    }
    return WIJK_OK;
}

/* ---- the feed ---- */

static int newest_first(const void *a, const void *b)
{
    const struct wijk_feed_entry *x = a, *y = b;
    if (x->at != y->at) return x->at < y->at ? 1 : -1;
    return strcmp(x->id, y->id);
}

enum wijk_err wijk_flow_feed(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_snapshot *s,
                             const char *code, const struct wijk_feed **out)
{
    struct making m = {.cx = cx, .s = s};
    WIJK_TRY(wijk_flow_profile(cx, s, code, 0, &m.p));
    m.path = wijk_sprintf(cx, "/%s/%s", wijk_level_id(m.p->division->areas.level), m.p->self->code);
    add_loads(&m);
    WIJK_TRY(add_happenings(&m));
    WIJK_TRY(add_offers(&m, store));
    if (m.n) qsort(m.v, m.n, sizeof *m.v, newest_first);
    struct wijk_feed *f = WIJK_NEW(cx, struct wijk_feed, 1);
    *f = (struct wijk_feed){.code = m.p->self->code,
                            .name = m.p->self->name,
                            .title = wijk_sprintf(cx, wijk_tr(cx, "Nieuw in %s"), m.p->self->name),
                            .updated = m.n ? m.v[0].at : 0,
                            .n = m.n < WIJK_FEED_MAX ? m.n : WIJK_FEED_MAX,
                            .entry = m.v};
    *out = f;
    return WIJK_OK;
}

/* ---- as Atom: one writer, so that nothing leaves without its escapes ---- */

static void xml_text(struct wijk_buf *b, const char *text)
{
    for (; *text; text++) {
        const unsigned char c = (unsigned char)*text;
        if (c == '&')
            wijk_buf_str(b, "&amp;");
        else if (c == '<')
            wijk_buf_str(b, "&lt;");
        else if (c == '>')
            wijk_buf_str(b, "&gt;");
        else if (c == '"')
            wijk_buf_str(b, "&quot;");
        else if (c >= 32 || c == '\n' || c == '\t')
            wijk_buf_char(b, *text);
    }
}

static void element(struct wijk_buf *b, const char *name, const char *text)
{
    wijk_buf_printf(b, "<%s>", name);
    xml_text(b, text);
    wijk_buf_printf(b, "</%s>\n", name);
}

static void link_to(struct wijk_buf *b, const char *rel, const char *base, const char *path)
{
    wijk_buf_printf(b, "<link rel=\"%s\" href=\"", rel);
    xml_text(b, base);
    xml_text(b, path);
    wijk_buf_str(b, "\"/>\n");
}

const char *wijk_feed_atom(struct wijk_cx *cx, const struct wijk_feed *f, const char *base, const char *self)
{
    struct wijk_buf b = wijk_buf(cx, 8 << 20);
    char at[24];
    wijk_time_write(f->updated, at);
    wijk_buf_printf(&b,
                    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
                    "xml:lang=\"%s\">\n",
                    wijk_cx_lang(cx) == WIJK_EN ? "en" : "nl");
    element(&b, "id", wijk_sprintf(cx, "urn:wijkregie:volg:%s", f->code));
    element(&b, "title", f->title);
    element(&b, "updated", at);
    wijk_buf_str(&b, "<author><name>Wijkregie</name></author>\n");
    link_to(&b, "self", base, self);
    for (size_t k = 0; k < f->n; k++) {
        const struct wijk_feed_entry *e = &f->entry[k];
        wijk_time_write(e->at, at);
        wijk_buf_str(&b, "<entry>\n");
        element(&b, "id", e->id);
        element(&b, "title", e->title);
        element(&b, "updated", at);
        link_to(&b, "alternate", base, e->path);
        element(&b, "summary", e->text);
        wijk_buf_str(&b, "</entry>\n");
    }
    wijk_buf_str(&b, "</feed>\n");
    return wijk_buf_cstr(&b);
}

const char *wijk_feed_json(struct wijk_cx *cx, const struct wijk_feed *f, const char *base, const char *self)
{
    struct wijk_buf b = wijk_buf(cx, 8 << 20);
    struct wijk_json_out *w = WIJK_NEW(cx, struct wijk_json_out, 1);
    char at[24];
    wijk_json_out_open(w, wijk_out_buf(&b));
    wijk_json_begin_object(w);
    wijk_json_kv_str(w, "version", "https://jsonfeed.org/version/1.1");
    wijk_json_kv_str(w, "title", f->title);
    wijk_json_kv_str(w, "feed_url", wijk_sprintf(cx, "%s%s", base, self));
    wijk_json_kv_str(w, "language", wijk_cx_lang(cx) == WIJK_EN ? "en" : "nl");
    wijk_json_key(w, "items");
    wijk_json_begin_array(w);
    for (size_t k = 0; k < f->n; k++) {
        const struct wijk_feed_entry *e = &f->entry[k];
        wijk_time_write(e->at, at);
        wijk_json_begin_object(w);
        wijk_json_kv_str(w, "id", e->id);
        wijk_json_kv_str(w, "url", wijk_sprintf(cx, "%s%s", base, e->path));
        wijk_json_kv_str(w, "title", e->title);
        wijk_json_kv_str(w, "content_text", e->text);
        wijk_json_kv_str(w, "date_modified", at);
        wijk_json_end_object(w);
    }
    wijk_json_end_array(w);
    wijk_json_end_object(w);
    wijk_json_out_close(w);
    return wijk_buf_cstr(&b);
}
