/* SPDX-License-Identifier: EUPL-1.2 */
/* Local norms as a kind of proposal: what is asked is kept in the proposal as it was asked, and becomes the
 * next version when a second person agrees. */
#include "flow/norm_flow.h"
#include "flow/proposal_int.h"

#include <math.h>
#include <string.h>

static const char KIND[] = "norm";
enum { OPEN_MAX = 500, DAY = 24 };

static void day_of(int64_t now, char out[DAY])
{
    wijk_date_write(wijk_day_nl(now), out);
}

/* ---- a proposal's body ---- */

struct asked {
    struct wijk_norm_terms terms;
    int64_t version;
    const char *name, *label, *label_en, *unit, *unit_en;
};

static const char *body_write(struct wijk_cx *cx, const struct asked *a)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    struct wijk_json_out w;
    wijk_json_out_open(&w, wijk_out_buf(&b));
    wijk_json_begin_object(&w);
    wijk_json_kv_int(&w, "versie", a->version);
    wijk_json_kv_bool(&w, "ingetrokken", a->terms.withdrawn);
    wijk_json_kv_str(&w, "soort", wijk_norm_kind_id(a->terms.kind));
    wijk_json_kv_num(&w, "waarde", a->terms.value);
    wijk_json_kv_int(&w, "doeljaar", a->terms.target_year);
    wijk_json_kv_str(&w, "geldtVanaf", a->terms.from);
    wijk_json_kv_str(&w, "gebied", a->name);
    wijk_json_kv_str(&w, "cijfer", a->label);
    wijk_json_kv_str(&w, "cijferEn", a->label_en);
    wijk_json_kv_str(&w, "eenheid", a->unit);
    wijk_json_kv_str(&w, "eenheidEn", a->unit_en);
    wijk_json_end_object(&w);
    wijk_json_out_close(&w);
    return wijk_buf_cstr(&b);
}

static void take_text(struct asked *a, const char *key, const char *text)
{
    const struct {
        const char *key, **to;
    } TEXT[] = {{"geldtVanaf", &a->terms.from}, {"gebied", &a->name},  {"cijfer", &a->label},
                {"cijferEn", &a->label_en},     {"eenheid", &a->unit}, {"eenheidEn", &a->unit_en}};
    for (size_t k = 0; k < sizeof TEXT / sizeof *TEXT; k++)
        if (strcmp(TEXT[k].key, key) == 0) *TEXT[k].to = text;
}

/* Of our own making: every member is there and checked. */
static enum wijk_err body_read(struct wijk_cx *cx, const char *json, struct asked *out)
{
    struct wijk_in_mem mem;
    struct wijk_json *in;
    struct wijk_json_token t;
    char key[16] = "";
    *out = (struct asked){
        .terms = {.from = ""}, .name = "", .label = "", .label_en = "", .unit = "", .unit_en = ""};
    WIJK_TRY(wijk_json_open(cx, wijk_in_mem(&mem, wijk_str(json), "proposal"), &in));
    for (;;) {
        WIJK_TRY(wijk_json_next(in, &t));
        if (t.kind == WIJK_JSON_END) return WIJK_OK;
        if (t.kind == WIJK_JSON_KEY && t.text.n < sizeof key) {
            memcpy(key, t.text.p, t.text.n);
            key[t.text.n] = 0;
        } else if (t.kind == WIJK_JSON_TRUE) {
            out->terms.withdrawn = true;
        } else if (t.kind == WIJK_JSON_NUMBER) {
            if (strcmp(key, "versie") == 0) out->version = (int64_t)t.number;
            if (strcmp(key, "waarde") == 0) out->terms.value = t.number;
            if (strcmp(key, "doeljaar") == 0) out->terms.target_year = (int)t.number;
        } else if (t.kind == WIJK_JSON_STRING) {
            if (strcmp(key, "soort") == 0 && !wijk_norm_kind_parse(t.text, &out->terms.kind))
                return wijk_fail(cx, WIJK_EDATA, "Dit voorstel is niet te lezen.");
            take_text(out, key, wijk_str_dup(cx, t.text));
        }
    }
}

/* "BU99010101:energy_label_efg_pct" */
static const char *object_of(struct wijk_cx *cx, const char *area, const char *indicator)
{
    return wijk_sprintf(cx, "%s:%s", area, indicator);
}

static enum wijk_err open_one(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                              const char *object, const struct wijk_proposal **out)
{
    const struct wijk_proposal *v;
    size_t n;
    *out = NULL;
    WIJK_TRY(wijk_store_list_proposals(cx, store, gemeente, KIND, true, OPEN_MAX, &v, &n));
    for (size_t k = 0; k < n; k++)
        if (strcmp(v[k].object, object) == 0) *out = &v[k];
    return WIJK_OK;
}

/* The version it is now; NULL none yet. */
static enum wijk_err newest(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                            const char *area, const char *indicator, const struct wijk_norm **out)
{
    const struct wijk_norm_ask one = {
        .gemeente = gemeente, .indicator = indicator, .n_area = 1, .area = {area}, .n_max = 1};
    const struct wijk_norm *v;
    size_t n;
    WIJK_TRY(wijk_store_list_norms(cx, store, &one, &v, &n));
    *out = n ? &v[n - 1] : NULL;
    return WIJK_OK;
}

static const char *words_of(struct wijk_cx *cx, const struct asked *a)
{
    const bool en = wijk_cx_lang(cx) == WIJK_EN;
    const char *label = en ? a->label_en : a->label;
    if (a->terms.withdrawn)
        return wijk_sprintf(cx, wijk_tr(cx, "Trek de lokale norm in voor %s: %s"), a->name, label);
    const struct wijk_indicator plain = {.decimals = 0};
    return wijk_sprintf(cx, wijk_tr(cx, "Lokale norm voor %s: %s, %s"), a->name, label,
                        wijk_norm_words(cx, &a->terms, wijk_norm_decimals(&plain, a->terms.value),
                                        en ? a->unit_en : a->unit));
}

/* ---- asking ---- */

struct ask {
    const struct wijk_deed *d;
    const struct wijk_flow_norm_in *in;
    const struct wijk_indicator *indicator;
    const char *gemeente;
    int64_t *proposal;
    struct wijk_flow_norm_clash *clash;
};

static enum wijk_err check_clash(struct wijk_cx *cx, struct wijk_store *store, const struct ask *v,
                                 const char *object)
{
    struct asked open;
    WIJK_TRY(newest(cx, store, v->gemeente, v->in->area, v->in->indicator, &v->clash->norm));
    WIJK_TRY(open_one(cx, store, v->gemeente, object, &v->clash->open));
    if (v->clash->open) {
        WIJK_TRY(body_read(cx, v->clash->open->body, &open));
        v->clash->open_words = words_of(cx, &open);
        return wijk_fail(cx, WIJK_EEXISTS,
                         "Over deze norm ligt al een voorstel; iemand anders besluit erover.");
    }
    if ((v->clash->norm ? v->clash->norm->version : 0) != v->in->version)
        return wijk_fail(cx, WIJK_ECONFLICT, "Over deze norm is intussen al anders besloten.");
    if (v->in->terms.withdrawn && (!v->clash->norm || v->clash->norm->terms.withdrawn))
        return wijk_fail(cx, WIJK_EDATA, "Er is hier geen norm om in te trekken.");
    return WIJK_OK;
}

/* Of what is withdrawn the area or the figure may be gone; then it is called as it was. */
static enum wijk_err fill(struct wijk_cx *cx, struct wijk_store *store, const struct ask *v, struct asked *a)
{
    const struct wijk_norm *was = v->clash->norm;
    const struct wijk_indicator *i = v->indicator;
    *a = (struct asked){.terms = v->in->terms, .version = v->in->version};
    if (a->terms.withdrawn) {
        a->terms.kind = was->terms.kind;
        a->terms.value = was->terms.value;
        a->terms.target_year = 0;
        a->name = was->area_name;
        a->label = was->label;
        a->unit = was->unit;
    } else {
        WIJK_TRY(wijk__areas_check(cx, store, v->gemeente, &v->in->area, 1));
        WIJK_TRY(wijk__area_name(cx, store, v->in->area, &a->name));
        a->label = i->label_nl;
        a->unit = i->unit_nl;
    }
    a->label_en = i ? i->label_en : a->label;
    a->unit_en = i ? i->unit_en : a->unit;
    return WIJK_OK;
}

static enum wijk_err check_terms(struct wijk_cx *cx, const struct ask *v)
{
    const struct wijk_flow_norm_in *in = v->in;
    char today[DAY];
    day_of(v->d->now, today);
    if (!v->indicator && !in->terms.withdrawn)
        return wijk_fail(cx, WIJK_EDATA, "Het cijfer «%s» is er niet.", in->indicator);
    if (v->indicator && in->unit && strcmp(in->unit, v->indicator->unit_nl) != 0 &&
        strcmp(in->unit, v->indicator->unit_en) != 0)
        return wijk_fail(cx, WIJK_EDATA, "Dit cijfer heeft een andere eenheid: %s.",
                         wijk_cx_lang(cx) == WIJK_EN ? v->indicator->unit_en : v->indicator->unit_nl);
    const char *refused = v->indicator ? wijk_norm_refused(cx, v->indicator, &in->terms, today) : NULL;
    return refused ? wijk_fail(cx, WIJK_EDATA, "%s", refused) : WIJK_OK;
}

static enum wijk_err ask(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct ask *v = arg;
    const struct wijk_object o = {.gemeente = v->gemeente};
    struct asked a;
    WIJK_TRY(wijk_deed_may(cx, v->d, WIJK_RIGHT_NORM_ASK, &o));
    WIJK_TRY(check_terms(cx, v));
    struct wijk_proposal p = {.gemeente = v->gemeente,
                              .kind = KIND,
                              .object = object_of(cx, v->in->area, v->in->indicator),
                              .why = v->d->why,
                              .made_by = v->d->actor->account,
                              .made_at = v->d->now};
    WIJK_TRY(check_clash(cx, store, v, p.object));
    WIJK_TRY(fill(cx, store, v, &a));
    WIJK_TRY(wijk__text_check(cx, p.why ? p.why : "", WIJK_T("de reden"), WIJK_WHY_MAX, true, a.name));
    p.body = body_write(cx, &a);
    WIJK_TRY(wijk_store_add_proposal(cx, store, &p));
    *v->proposal = p.id;
    return wijk_deed_log(cx, store, v->d, WIJK_DONE_PROPOSE, p.gemeente, KIND, p.object, NULL, p.body);
}

enum wijk_err wijk_flow_norm_ask(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_defs *defs,
                                 const struct wijk_deed *d, const struct wijk_flow_norm_in *in,
                                 int64_t *proposal, struct wijk_flow_norm_clash *clash)
{
    enum wijk_level level;
    char *gemeente = WIJK_NEW(cx, char, WIJK_CODE_MAX);
    *clash = (struct wijk_flow_norm_clash){0};
    if (!d->actor) return wijk_fail(cx, WIJK_EUSAGE, "Een voorstel komt van iemand.");
    if (!d->actor->account) return wijk__refuse(cx, WIJK_MAY_LOGIN);
    if (!wijk_code_level(wijk_str(in->area), &level) || level > WIJK_LEVEL_GEMEENTE ||
        !wijk_code_gemeente(in->area, gemeente))
        return wijk_fail(cx, WIJK_EDATA, "«%s» is geen code van een buurt, wijk of gemeente.", in->area);
    return wijk_store_joined(
        cx, store, ask,
        &(struct ask){d, in, wijk_defs_indicator(defs, in->indicator), gemeente, proposal, clash});
}

enum wijk_err wijk_flow_norm_open(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                                  const char *area, const char *indicator, const struct wijk_proposal **out)
{
    char gemeente[WIJK_CODE_MAX];
    *out = NULL;
    if (!wijk_code_gemeente(area, gemeente)) return WIJK_OK;
    const struct wijk_object o = {.gemeente = gemeente};
    if (!wijk__deed_could(d, WIJK_RIGHT_NORM_ASK, &o)) return WIJK_OK;
    return open_one(cx, store, gemeente, object_of(cx, area, indicator), out);
}

/* ---- the line in the list of kinds ---- */

static bool parts_of(struct wijk_cx *cx, const struct wijk_proposal *p, const char **area,
                     const char **indicator)
{
    const char *mark = strchr(p->object, ':');
    if (!mark) return false;
    *area = wijk_str_dup(cx, (struct wijk_str){p->object, (size_t)(mark - p->object)});
    *indicator = mark + 1;
    return true;
}

static enum wijk_err tell(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_proposal *p,
                          struct wijk__proposal_about *out)
{
    const char *area, *indicator;
    struct asked a;
    (void)store;
    WIJK_TRY(body_read(cx, p->body, &a));
    if (!parts_of(cx, p, &area, &indicator))
        return wijk_fail(cx, WIJK_EDATA, "Dit voorstel is niet te lezen.");
    out->object = (struct wijk_object){.gemeente = p->gemeente, .sharing = WIJK_SHARING_ORGANISATION};
    out->what = words_of(cx, &a);
    out->path = wijk_sprintf(cx, "/normen/%s/%s", area, indicator);
    return WIJK_OK;
}

static const char *terms_json(struct wijk_cx *cx, const struct wijk_norm *v)
{
    char value[32];
    value[wijk_num_write(v->terms.value, value)] = '\0';
    return wijk_sprintf(
        cx,
        "{\"versie\":%lld,\"soort\":\"%s\",\"waarde\":%s,\"doeljaar\":%d,\"geldtVanaf\":\"%s\","
        "\"ingetrokken\":%s}",
        (long long)v->version, wijk_norm_kind_id(v->terms.kind), value, v->terms.target_year, v->terms.from,
        v->terms.withdrawn ? "true" : "false");
}

/* It becomes the next version. What holds from an earlier day than that of the decision did not hold then. */
static enum wijk_err agreed(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_deed *d,
                            const struct wijk_proposal *p)
{
    struct wijk_norm next = {.gemeente = p->gemeente,
                             .why = p->why,
                             .proposal = p->id,
                             .made_by = p->made_by,
                             .made_at = p->made_at,
                             .decided_by = d->actor->account,
                             .decided_at = d->now};
    const struct wijk_norm *was;
    char today[DAY];
    struct asked a;
    WIJK_TRY(body_read(cx, p->body, &a));
    if (!parts_of(cx, p, &next.area, &next.indicator))
        return wijk_fail(cx, WIJK_EDATA, "Dit voorstel is niet te lezen.");
    WIJK_TRY(newest(cx, store, p->gemeente, next.area, next.indicator, &was));
    if ((was ? was->version : 0) != a.version)
        return wijk_fail(cx, WIJK_ECONFLICT, "Over deze norm is intussen al anders besloten.");
    if (!a.terms.withdrawn) WIJK_TRY(wijk__areas_check(cx, store, p->gemeente, &next.area, 1));
    day_of(d->now, today);
    next.version = a.version + 1;
    next.terms = a.terms;
    if (strcmp(next.terms.from, today) < 0) next.terms.from = today;
    next.area_name = a.name;
    next.label = a.label;
    next.unit = a.unit;
    WIJK_TRY(wijk_store_add_norm(cx, store, &next));
    return wijk_deed_log(cx, store, d, WIJK_DONE_PUBLISH, p->gemeente, KIND, p->object,
                         was ? terms_json(cx, was) : NULL, terms_json(cx, &next));
}

const struct wijk__proposal_kind wijk__proposal_norm = {KIND, WIJK_RIGHT_NORM_DECIDE, tell, agreed, NULL,
                                                        NULL};
