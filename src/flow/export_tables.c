/* SPDX-License-Identifier: EUPL-1.2 */
/* The tables of every export: figures in long form, areas, the dictionary of indicators, and the sources.
 * Each is written row by row, whatever the form. */
#include "flow/flow_int.h"

#include <math.h>
#include <string.h>

#define N(list) (sizeof(list) / sizeof *(list))

bool wijk__export_has(const struct wijk__export *e, const struct wijk_snapshot_division *d, size_t area)
{
    if (e->in->level != WIJK_LEVEL_COUNT && d->areas.level != e->in->level) return false;
    return !e->inside || e->inside[d - e->s->division][area];
}

const struct wijk_scores *wijk__export_latest(const struct wijk_snapshot_division *d)
{
    const struct wijk_scores *best = NULL;
    for (size_t i = 0; i < d->n_scores; i++)
        if (!best || wijk_period_key(d->scores[i]->period) >= wijk_period_key(best->period))
            best = d->scores[i];
    return best;
}

const char *wijk__export_changed(const struct wijk_snapshot *s)
{
    const char *newest = "";
    for (size_t i = 0; i < s->n_load; i++)
        if (s->load[i].loaded_at && strcmp(s->load[i].loaded_at, newest) > 0) newest = s->load[i].loaded_at;
    return newest;
}

static const struct wijk_load *load_of(const struct wijk_snapshot *s, uint32_t id)
{
    return id && id <= s->n_load ? &s->load[id - 1] : NULL;
}

/* ---- figures ---- */

static const struct wijk__export_column FIGURES[] = {
    {"code", WIJK_T("Code"), "TEXT", 13},
    {"name", WIJK_T("Naam"), "TEXT", 28},
    {"level", WIJK_T("Niveau"), "TEXT", 10},
    {"division_year", WIJK_T("Indeling"), "INTEGER", 9},
    {"indicator", WIJK_T("Indicator"), "TEXT", 28},
    {"period", WIJK_T("Periode"), "TEXT", 9},
    {"release", WIJK_T("Uitgave"), "TEXT", 9},
    {"value", WIJK_T("Waarde"), "REAL", 14},
    {"status", WIJK_T("Status"), "TEXT", 12},
    {"source", WIJK_T("Bron"), "TEXT", 22},
    {"file", WIJK_T("Bestand"), "TEXT", 28},
    {"row", WIJK_T("Regel"), "INTEGER", 8},
    {"load", WIJK_T("Lading"), "INTEGER", 8},
    {"licence", WIJK_T("Licentie"), "TEXT", 14},
    {"status_text", WIJK_T("Status in woorden"), "TEXT", 20},
    {"trace", WIJK_T("Spoor"), "TEXT", 36},
};

/* own: for the ids, so that a long export takes no more room than a short one. */
static void put_series(const struct wijk__export *e, struct wijk_cx *own, const struct wijk__rows *to,
                       const struct wijk_snapshot_division *d, const struct wijk_series *series)
{
    struct wijk_trace_key key = {.name = series->key.indicator,
                                 .period = series->key.period,
                                 .division_year = series->key.division_year,
                                 .release = series->key.release};
    const struct wijk_mark empty = wijk_cx_mark(own);
    for (size_t a = 0; a < series->n && a < d->areas.n; a++) {
        const struct wijk_load *load = load_of(e->s, series->load ? series->load[a] : 0);
        enum wijk_status status = (enum wijk_status)series->status[a];
        if (e->in->source && load && strcmp(load->source, e->in->source) != 0) continue;
        if (!load || !wijk__export_has(e, d, a)) continue; /* no load: no file said anything of this area */
        to->text(to->self, d->areas.v[a].code);
        to->text(to->self, d->areas.v[a].name);
        to->text(to->self, wijk_level_id(series->key.level));
        to->whole(to->self, series->key.division_year);
        to->text(to->self, series->key.indicator);
        to->period(to->self, series->key.period);
        to->text(to->self, series->key.release);
        to->figure(to->self, series->value[a], status);
        to->text(to->self, wijk_status_id(status));
        to->text(to->self, load->source);
        to->text(to->self, load->file_name);
        if (series->row && series->row[a])
            to->whole(to->self, series->row[a]);
        else
            to->text(to->self, NULL); /* computed, or hidden: then its row is nobody's business */
        to->whole(to->self, load->id);
        to->text(to->self, load->licence);
        to->text(to->self, wijk_tr(e->cx, wijk_status_text(status)));
        key.code = d->areas.v[a].code;
        to->text(to->self, wijk_trace_id(own, &key));
        to->end(to->self);
        wijk_cx_rewind(own, empty);
    }
}

static void write_figures(const struct wijk__export *e, const struct wijk__rows *to)
{
    struct wijk_cx *own = wijk_cx_new(wijk_cx_lang(e->cx));
    wijk_alloc(own, 1); /* a first chunk that rewinding leaves in place */
    for (size_t i = 0; i < e->s->n_series; i++) {
        const struct wijk_series *v = &e->s->series[i];
        const struct wijk_snapshot_division *d =
            wijk_snapshot_division(e->s, v->key.level, v->key.division_year);
        if (d) put_series(e, own, to, d, v);
    }
    wijk_cx_end(own);
}

/* ---- areas ---- */

static const struct wijk__export_column AREAS[] = {
    {"code", WIJK_T("Code"), "TEXT", 13},
    {"name", WIJK_T("Naam"), "TEXT", 28},
    {"level", WIJK_T("Niveau"), "TEXT", 10},
    {"division_year", WIJK_T("Indeling"), "INTEGER", 9},
    {"parent", WIJK_T("Hoort bij"), "TEXT", 13},
    {"residents", WIJK_T("Inwoners"), "REAL", 10},
    {"score_method", WIJK_T("Methode"), "TEXT", 10},
    {"score_period", WIJK_T("Periode"), "TEXT", 9},
    {"deviation", WIJK_T("Afwijking"), "REAL", 10},
    {"class", WIJK_T("Klasse"), "INTEGER", 8},
    {"class_name", WIJK_T("In woorden"), "TEXT", 20},
    {"trace", WIJK_T("Spoor van de afwijking"), "TEXT", 36},
};

static void put_score(const struct wijk__export *e, const struct wijk__rows *to, const struct wijk_scores *sc,
                      size_t a, const char *code)
{
    if (!sc || a >= sc->n) {
        for (int k = 0; k < 6; k++) to->text(to->self, NULL);
        return;
    }
    size_t k = sc->class_[a] <= WIJK_CLASSES ? sc->class_[a] : 0;
    bool en = wijk_cx_lang(e->cx) == WIJK_EN;
    to->text(to->self, sc->method->id);
    to->period(to->self, sc->period);
    to->num(to->self, sc->total[a]);
    if (k)
        to->whole(to->self, (int64_t)k);
    else
        to->text(to->self, NULL);
    to->text(to->self, !k ? NULL : en ? sc->method->class_en[k - 1] : sc->method->class_nl[k - 1]);
    to->text(to->self, wijk_scores_id(e->cx, sc, code));
}

static void write_areas(const struct wijk__export *e, const struct wijk__rows *to)
{
    for (size_t k = 0; k < e->s->n_division; k++) {
        const struct wijk_snapshot_division *d = &e->s->division[k];
        const struct wijk_scores *sc = wijk__export_latest(d);
        for (size_t a = 0; a < d->areas.n; a++) {
            const struct wijk_area *area = &d->areas.v[a];
            if (!wijk__export_has(e, d, a)) continue;
            to->text(to->self, area->code);
            to->text(to->self, area->name);
            to->text(to->self, wijk_level_id(d->areas.level));
            to->whole(to->self, d->areas.division_year);
            to->text(to->self, area->parent);
            to->num(to->self, area->residents);
            put_score(e, to, sc, a, area->code);
            to->end(to->self);
        }
    }
}

/* ---- the dictionary ---- */

static const struct wijk__export_column WORDS[] = {
    {"indicator", WIJK_T("Indicator"), "TEXT", 28},
    {"label", WIJK_T("Naam"), "TEXT", 36},
    {"definition", WIJK_T("Definitie"), "TEXT", 60},
    {"unit", WIJK_T("Eenheid"), "TEXT", 16},
    {"theme", WIJK_T("Thema"), "TEXT", 16},
    {"kind", WIJK_T("Soort"), "TEXT", 10},
    {"direction", WIJK_T("Richting"), "TEXT", 16},
    {"source", WIJK_T("Bron"), "TEXT", 28},
    {"licence", WIJK_T("Licentie"), "TEXT", 16},
    {"disclosure", WIJK_T("Geheimhouding"), "TEXT", 12},
    {"disclosure_text", WIJK_T("Geheimhouding in woorden"), "TEXT", 60},
    {"first_period", WIJK_T("Eerste periode"), "TEXT", 9},
    {"last_period", WIJK_T("Laatste periode"), "TEXT", 9},
};

static const char *kind_word(const struct wijk_indicator *i)
{
    if (i->kind == WIJK_KIND_MEASURED) return WIJK_T("gemeten");
    return i->kind == WIJK_KIND_ESTIMATED ? WIJK_T("geschat") : WIJK_T("gezegd");
}

static const char *direction_word(const struct wijk_indicator *i)
{
    if (i->direction == WIJK_DIRECTION_UP) return WIJK_T("hoger is beter");
    return i->direction == WIJK_DIRECTION_DOWN ? WIJK_T("lager is beter") : WIJK_T("geen oordeel");
}

static const char *disclosure_word(const char *disclosure)
{
    if (strcmp(disclosure, "count") == 0)
        return WIJK_T(
            "1 tot en met 4 verborgen, de rest op vijftallen; genoeg verborgen dat niemand het terugrekent");
    if (strcmp(disclosure, "share") == 0)
        return WIJK_T("verborgen als er te weinig mensen of woningen onder liggen; hele procenten");
    if (strcmp(disclosure, "money") == 0)
        return WIJK_T("verborgen als er te weinig mensen onder liggen of een van hen te zwaar telt");
    return WIJK_T("zoals de bron het uitgeeft");
}

/* Every source and licence once, in order of loading. */
static void add_once(struct wijk_buf *b, const char *text)
{
    size_t n = strlen(text);
    const char *all = wijk_buf_cstr(b);
    for (const char *at = all; n && (at = strstr(at, text)); at += n)
        if ((at == all || at[-1] == ' ') && (at[n] == '\0' || at[n] == ',')) return;
    if (!n) return;
    if (b->n) wijk_buf_str(b, ", ");
    wijk_buf_str(b, text);
}

struct used {
    const char *source, *licence;
    struct wijk_period first, last;
};

static struct used used_of(const struct wijk__export *e, size_t from, size_t end)
{
    bool *seen = WIJK_NEW(e->cx, bool, e->s->n_load + 1);
    struct used u = {.first = e->s->series[from].key.period, .last = e->s->series[from].key.period};
    for (size_t i = from; i < end; i++) {
        const struct wijk_series *v = &e->s->series[i];
        if (wijk_period_key(v->key.period) < wijk_period_key(u.first)) u.first = v->key.period;
        if (wijk_period_key(v->key.period) > wijk_period_key(u.last)) u.last = v->key.period;
        for (size_t a = 0; v->load && a < v->n; a++)
            if (v->load[a] <= e->s->n_load) seen[v->load[a]] = true;
    }
    struct wijk_buf source = wijk_buf(e->cx, 0), licence = wijk_buf(e->cx, 0);
    for (size_t l = 0; l < e->s->n_load; l++) {
        if (!seen[l + 1]) continue;
        add_once(&source, e->s->load[l].source);
        add_once(&licence, e->s->load[l].licence ? e->s->load[l].licence : "");
    }
    u.source = wijk_buf_cstr(&source);
    u.licence = wijk_buf_cstr(&licence);
    return u;
}

static void write_words(const struct wijk__export *e, const struct wijk__rows *to)
{
    const struct wijk_snapshot *s = e->s;
    bool en = wijk_cx_lang(e->cx) == WIJK_EN;
    for (size_t k = 0; k < s->defs->n_indicator; k++) {
        const struct wijk_indicator *i = &s->defs->indicator[k];
        size_t from = wijk__series_first(s->series, s->n_series, i->id), end = from;
        while (end < s->n_series && strcmp(s->series[end].key.indicator, i->id) == 0) end++;
        if (from == end) continue;
        struct used u = used_of(e, from, end);
        const char *disclosure = i->disclosure && *i->disclosure ? i->disclosure : "open";
        for (size_t l = 0; l < s->n_load && strcmp(disclosure, "open") == 0; l++)
            if (strstr(u.source, s->load[l].source))
                disclosure = wijk_source_disclosure(wijk_defs_source(s->defs, s->load[l].source), i->id);
        to->text(to->self, i->id);
        to->text(to->self, wijk_indicator_label(i, wijk_cx_lang(e->cx)));
        to->text(to->self, en ? i->definition_en : i->definition_nl);
        to->text(to->self, wijk_indicator_unit(i, wijk_cx_lang(e->cx)));
        to->text(to->self, i->theme);
        to->text(to->self, wijk_tr(e->cx, kind_word(i)));
        to->text(to->self, wijk_tr(e->cx, direction_word(i)));
        to->text(to->self, u.source);
        to->text(to->self, u.licence);
        to->text(to->self, disclosure);
        to->text(to->self, wijk_tr(e->cx, disclosure_word(disclosure)));
        to->period(to->self, u.first);
        to->period(to->self, u.last);
        to->end(to->self);
    }
}

/* ---- sources ---- */

static const struct wijk__export_column SOURCES[] = {
    {"load", WIJK_T("Lading"), "INTEGER", 8},
    {"source", WIJK_T("Bron"), "TEXT", 24},
    {"title", WIJK_T("Naam"), "TEXT", 40},
    {"publisher", WIJK_T("Uitgever"), "TEXT", 20},
    {"licence", WIJK_T("Licentie"), "TEXT", 14},
    {"homepage", WIJK_T("Website"), "TEXT", 36},
    {"attribution", WIJK_T("Bronvermelding"), "TEXT", 28},
    {"release", WIJK_T("Uitgave"), "TEXT", 10},
    {"method_version", WIJK_T("Methodeversie"), "TEXT", 12},
    {"file", WIJK_T("Bestand"), "TEXT", 32},
    {"sha256", WIJK_T("SHA-256"), "TEXT", 24},
    {"retrieved", WIJK_T("Opgehaald"), "TEXT", 12},
    {"url", WIJK_T("Opgehaald van"), "TEXT", 40},
    {"loaded_at", WIJK_T("Geladen op"), "TEXT", 21},
    {"rows_read", WIJK_T("Regels"), "INTEGER", 9},
    {"rows_taken", WIJK_T("Geladen"), "INTEGER", 9},
    {"rows_refused", WIJK_T("Geweigerd"), "INTEGER", 10},
};

static void write_sources(const struct wijk__export *e, const struct wijk__rows *to)
{
    bool en = wijk_cx_lang(e->cx) == WIJK_EN;
    for (size_t i = 0; i < e->s->n_load; i++) {
        const struct wijk_load *l = &e->s->load[i];
        const struct wijk_source *d = wijk_defs_source(e->s->defs, l->source);
        to->whole(to->self, l->id);
        to->text(to->self, l->source);
        to->text(to->self, !d ? NULL : en ? d->title_en : d->title_nl);
        to->text(to->self, l->publisher);
        to->text(to->self, l->licence);
        to->text(to->self, d ? d->homepage : NULL);
        to->text(to->self, d ? d->attribution : NULL);
        to->text(to->self, l->release);
        to->text(to->self, l->method_version);
        to->text(to->self, l->file_name);
        to->text(to->self, l->sha256);
        to->text(to->self, l->retrieved);
        to->text(to->self, l->url);
        to->text(to->self, l->loaded_at);
        to->whole(to->self, (int64_t)l->rows);
        to->whole(to->self, (int64_t)l->taken);
        to->whole(to->self, (int64_t)l->refused);
        to->end(to->self);
    }
}

const struct wijk__export_table wijk__export_tables[WIJK__TABLES] = {
    {"cijfers", WIJK_T("Cijfers"), WIJK_T("Elk cijfer op een regel, met status en bron"), FIGURES, N(FIGURES),
     write_figures},
    {"gebieden", WIJK_T("Gebieden"), WIJK_T("Alle gebieden met hun laatste score"), AREAS, N(AREAS),
     write_areas},
    {"woordenboek", WIJK_T("Woordenboek"), WIJK_T("Wat elk cijfer betekent"), WORDS, N(WORDS), write_words},
    {"bronnen", WIJK_T("Bronnen"), WIJK_T("Welk bestand van welke bron is geladen, en wanneer"), SOURCES,
     N(SOURCES), write_sources},
};
