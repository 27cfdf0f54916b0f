/* SPDX-License-Identifier: EUPL-1.2 */
/* The export as a GeoPackage: a styled layer for each division of areas with its latest scores and figures,
 * and the tables every export has. */
#include "flow/flow_int.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- the tables ---- */

struct sink {
    struct wijk_gpkg_out *g;
    char period[4][16]; /* texts last until the end of their row */
    size_t n_period;
};

static void put_text(void *self, const char *s)
{
    wijk_gpkg_text(((struct sink *)self)->g, s);
}
static void put_num(void *self, double v)
{
    wijk_gpkg_num(((struct sink *)self)->g, v);
}
static void put_whole(void *self, int64_t v)
{
    wijk_gpkg_int(((struct sink *)self)->g, v);
}
static void put_figure(void *self, double v, enum wijk_status status)
{
    (void)status;
    wijk_gpkg_num(((struct sink *)self)->g, v);
}
static void put_period(void *self, struct wijk_period p)
{
    struct sink *k = self;
    char *text = k->period[k->n_period++ % 4];
    wijk_period_write(p, text);
    wijk_gpkg_text(k->g, text);
}
static void end(void *self)
{
    struct sink *k = self;
    k->n_period = 0;
    wijk_gpkg_end_row(k->g);
}

static void put_table(const struct wijk__export *e, struct wijk_gpkg_out *g,
                      const struct wijk__export_table *t)
{
    struct sink sink = {.g = g};
    struct wijk__rows rows = {&sink, put_text, put_num, put_whole, put_period, put_figure, end};
    struct wijk_gpkg_column *column = WIJK_NEW(e->cx, struct wijk_gpkg_column, t->n_column);
    for (size_t c = 0; c < t->n_column; c++)
        column[c] = (struct wijk_gpkg_column){t->column[c].key, t->column[c].type,
                                              wijk_tr(e->cx, t->column[c].title), NULL};
    struct wijk_gpkg_table *table = WIJK_NEW(e->cx, struct wijk_gpkg_table, 1);
    *table = (struct wijk_gpkg_table){.name = t->name,
                                      .title = wijk_tr(e->cx, t->title),
                                      .description = wijk_tr(e->cx, t->about),
                                      .column = column,
                                      .n_column = t->n_column};
    wijk_gpkg_begin(g, table);
    t->write(e, &rows);
    wijk_gpkg_end(g);
}

/* ---- a layer ---- */

enum { FIXED = 12 };
static const struct wijk_gpkg_column FIRST[FIXED] = {
    {"code", "TEXT", WIJK_T("Code"), NULL},
    {"name", "TEXT", WIJK_T("Naam"), NULL},
    {"division_year", "INTEGER", WIJK_T("Indeling"), NULL},
    {"parent", "TEXT", WIJK_T("Hoort bij"), NULL},
    {"score_method", "TEXT", WIJK_T("Methode"), NULL},
    {"score_period", "TEXT", WIJK_T("Periode van de score"), NULL},
    {"score_release", "TEXT", WIJK_T("Uitgave van de score"), NULL},
    {"livability", "REAL", WIJK_T("Score"), NULL},
    {"deviation", "REAL", WIJK_T("Afwijking"), WIJK_T("Verschil met de landelijke referentie")},
    {"class", "INTEGER", WIJK_T("Klasse"), NULL},
    {"class_name", "TEXT", WIJK_T("In woorden"), NULL},
    {"not_shown", "TEXT", WIJK_T("Te klein om te tonen"),
     WIJK_T("Cijfers die voor dit gebied verborgen zijn")},
};

struct layer {
    const struct wijk_snapshot_division *d;
    const struct wijk_scores *scores; /* NULL none */
    size_t n_dimension, n_series;
    const struct wijk_series **series; /* newest of each indicator that is no part of a score */
    struct wijk_gpkg_column *column;
    size_t n_column;
};

/* An id as the name of a column: small letters, digits and low lines, once in the layer. */
static const char *column_name(struct wijk_cx *cx, const struct layer *l, const char *prefix, const char *id)
{
    char *name = wijk_sprintf(cx, "%s%s", prefix, id);
    for (char *c = name; *c; c++) {
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c | 32);
        if (!((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9'))) *c = '_';
    }
    bool taken = strcmp(name, "fid") == 0 || strcmp(name, "geom") == 0;
    for (size_t k = 0; k < l->n_column && !taken; k++) taken = strcmp(l->column[k].name, name) == 0;
    return taken ? column_name(cx, l, prefix, wijk_sprintf(cx, "%s_2", id)) : name;
}

/* The column says what it is, in which unit, and of when. */
static void add_series(const struct wijk__export *e, struct layer *l, const struct wijk_series *v,
                       const struct wijk_indicator *i)
{
    enum wijk_lang lang = wijk_cx_lang(e->cx);
    const char *unit = wijk_indicator_unit(i, lang);
    char period[16];
    wijk_period_write(v->key.period, period);
    const char *title = *unit
                            ? wijk_sprintf(e->cx, "%s (%s), %s", wijk_indicator_label(i, lang), unit, period)
                            : wijk_sprintf(e->cx, "%s, %s", wijk_indicator_label(i, lang), period);
    l->series[l->n_series++] = v;
    const char *name = column_name(e->cx, l, "", i->id);
    l->column[l->n_column++] =
        (struct wijk_gpkg_column){name, "REAL", title, lang == WIJK_EN ? i->definition_en : i->definition_nl};
}

static void find_series(const struct wijk__export *e, struct layer *l)
{
    const struct wijk_snapshot_division *d = l->d;
    for (size_t i = 0; i < d->n_series; i++) {
        bool last = i + 1 == d->n_series || d->indicator[i + 1] != d->indicator[i];
        if (last && !*d->indicator[i]->method && l->n_column < WIJK_GPKG_COLUMNS_MAX)
            add_series(e, l, d->series[i], d->indicator[i]);
    }
}

static struct layer layer_of(const struct wijk__export *e, const struct wijk_snapshot_division *d)
{
    struct layer l = {.d = d, .scores = wijk__export_latest(d)};
    l.n_dimension = l.scores ? l.scores->method->n_dimension : 0;
    l.series = WIJK_NEW(e->cx, const struct wijk_series *, d->n_series);
    l.column = WIJK_NEW(e->cx, struct wijk_gpkg_column, FIXED + WIJK_DIMENSIONS_MAX + d->n_series);
    for (; l.n_column < FIXED; l.n_column++) {
        const struct wijk_gpkg_column *c = &FIRST[l.n_column];
        l.column[l.n_column] =
            (struct wijk_gpkg_column){c->name, c->type, wijk_tr(e->cx, c->title),
                                      c->description ? wijk_tr(e->cx, c->description) : NULL};
    }
    for (size_t k = 0; k < l.n_dimension; k++) {
        const struct wijk_method_dimension *m = &l.scores->method->dimension[k];
        const char *name = column_name(e->cx, &l, "dim_", m->id);
        l.column[l.n_column++] = (struct wijk_gpkg_column){
            name, "REAL", wijk_cx_lang(e->cx) == WIJK_EN ? m->label_en : m->label_nl, NULL};
    }
    find_series(e, &l);
    return l;
}

static bool hidden(const struct wijk_series *v, size_t a)
{
    return a < v->n && v->status[a] == WIJK_STATUS_SUPPRESSED;
}

/* NULL in a column may be hidden or not known: this names what is hidden. */
static const char *hidden_list(const struct wijk__export *e, const struct layer *l, size_t a)
{
    struct wijk_buf b = wijk_buf(e->cx, 0);
    for (size_t k = 0; k < l->n_series; k++)
        if (hidden(l->series[k], a))
            wijk_buf_printf(&b, "%s%s", b.n ? ", " : "", l->series[k]->key.indicator);
    return b.n ? wijk_buf_cstr(&b) : NULL;
}

static void put_scores(struct wijk_gpkg_out *g, const struct layer *l, size_t a, const char *period)
{
    const struct wijk_scores *sc = l->scores && a < l->scores->n ? l->scores : NULL;
    size_t k = sc && sc->class_[a] <= WIJK_CLASSES ? sc->class_[a] : 0;
    wijk_gpkg_text(g, sc ? sc->method->id : NULL);
    wijk_gpkg_text(g, sc ? period : NULL);
    wijk_gpkg_text(g, sc ? sc->release : NULL);
    wijk_gpkg_num(g, sc ? sc->score[a] : (double)NAN);
    wijk_gpkg_num(g, sc ? sc->total[a] : (double)NAN);
    if (k)
        wijk_gpkg_int(g, (int64_t)k);
    else
        wijk_gpkg_empty(g);
    wijk_gpkg_text(g, k ? sc->method->class_nl[k - 1] : NULL);
}

static void put_area(const struct wijk__export *e, struct wijk_gpkg_out *g, const struct layer *l, size_t a,
                     const char *period)
{
    const struct wijk_area *area = &l->d->areas.v[a];
    wijk_gpkg_geom(g, area->geom);
    wijk_gpkg_text(g, area->code);
    wijk_gpkg_text(g, area->name);
    wijk_gpkg_int(g, l->d->areas.division_year);
    wijk_gpkg_text(g, area->parent);
    put_scores(g, l, a, period);
    wijk_gpkg_text(g, hidden_list(e, l, a));
    for (size_t k = 0; k < l->n_dimension; k++)
        wijk_gpkg_num(g, a < l->scores->n ? l->scores->dimension[k][a] : (double)NAN);
    for (size_t k = 0; k < l->n_series; k++)
        wijk_gpkg_num(g, a < l->series[k]->n ? l->series[k]->value[a] : (double)NAN);
    wijk_gpkg_end_row(g);
}

/* ---- style ---- */

/* The level scale, sand to ink, spread over nine classes; then no data. Darker is more livable, as on every
 * map of ours. */
static const char *const SCALE[] = {"239,230,207", "222,211,181", "198,192,168", "168,170,162",
                                    "134,148,157", "100,125,150", "68,101,135",  "40,76,115",
                                    "21,50,90",    "211,211,208"};

static void put_escaped(struct wijk_buf *b, const char *text)
{
    for (; *text; text++) {
        if (strchr("<>&\"'", *text))
            wijk_buf_printf(b, "&#%d;", *text);
        else
            wijk_buf_char(b, *text);
    }
}

static const char *qml(struct wijk_cx *cx, const struct wijk_method *m)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    wijk_buf_str(&b, "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22\" "
                     "styleCategories=\"Symbology\">\n<renderer-v2 type=\"categorizedSymbol\" attr=\"class\" "
                     "symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\">\n<categories>\n");
    for (int k = 0; k <= WIJK_CLASSES; k++) {
        bool none = k == WIJK_CLASSES;
        wijk_buf_str(&b, "<category value=\"");
        if (!none) wijk_buf_printf(&b, "%d", k + 1);
        wijk_buf_printf(&b, "\" symbol=\"%d\" type=\"%s\" render=\"true\" label=\"", k,
                        none ? "string" : "long");
        put_escaped(&b, none                          ? wijk_tr(cx, "geen gegevens")
                        : wijk_cx_lang(cx) == WIJK_EN ? m->class_en[k]
                                                      : m->class_nl[k]);
        wijk_buf_str(&b, "\"/>\n");
    }
    wijk_buf_str(&b, "</categories>\n<symbols>\n");
    for (int k = 0; k <= WIJK_CLASSES; k++)
        wijk_buf_printf(
            &b,
            "<symbol type=\"fill\" name=\"%d\" alpha=\"1\" clip_to_extent=\"1\"><layer "
            "class=\"SimpleFill\" enabled=\"1\" locked=\"0\" pass=\"0\"><prop k=\"color\" "
            "v=\"%s,255\"/><prop k=\"outline_color\" v=\"255,255,255,255\"/><prop "
            "k=\"outline_style\" v=\"solid\"/><prop k=\"outline_width\" v=\"0.2\"/><prop "
            "k=\"outline_width_unit\" v=\"MM\"/><prop k=\"style\" v=\"solid\"/></layer></symbol>\n",
            k, SCALE[k]);
    wijk_buf_str(&b, "</symbols>\n</renderer-v2>\n</qgis>\n");
    return wijk_buf_cstr(&b);
}

/* ---- the file ---- */

static void put_layer(const struct wijk__export *e, struct wijk_gpkg_out *g,
                      const struct wijk_snapshot_division *d)
{
    const char *level = wijk_level_id(d->areas.level),
               *many = wijk_tr(e->cx, wijk_level_label(d->areas.level, true));
    bool newest = wijk_snapshot_division(e->s, d->areas.level, 0) == d;
    struct layer l = layer_of(e, d);
    char period[16] = "";
    if (l.scores) wijk_period_write(l.scores->period, period);
    struct wijk_gpkg_table *t = WIJK_NEW(e->cx, struct wijk_gpkg_table, 1);
    *t = (struct wijk_gpkg_table){
        .name = newest ? level : wijk_sprintf(e->cx, "%s_%d", level, d->areas.division_year),
        .title = wijk_sprintf(e->cx, "%s %d", many, d->areas.division_year),
        .description = wijk_tr(e->cx, "Gebieden met de laatste score en de nieuwste cijfers"),
        .features = true,
        .column = l.column,
        .n_column = l.n_column,
        .style_name = l.scores ? wijk_tr(e->cx, "leefbaarheid") : NULL,
        .style_qml = l.scores ? qml(e->cx, l.scores->method) : NULL};
    wijk_gpkg_begin(g, t);
    for (size_t a = 0; a < d->areas.n; a++)
        if (wijk__export_has(e, d, a)) put_area(e, g, &l, a, period);
    wijk_gpkg_end(g);
}

enum wijk_err wijk__export_gpkg(const struct wijk__export *e, const struct wijk_file_to *to)
{
    struct wijk_gpkg_out *g;
    WIJK_TRY(wijk_gpkg_open(e->cx, to, wijk__export_changed(e->s), &g));
    for (size_t k = 0; k < e->s->n_division; k++) {
        const struct wijk_snapshot_division *d = &e->s->division[k];
        if (e->in->level == WIJK_LEVEL_COUNT || e->in->level == d->areas.level) put_layer(e, g, d);
    }
    for (size_t k = 0; k < WIJK__TABLES; k++)
        if (k != WIJK__TABLE_AREAS) put_table(e, g, &wijk__export_tables[k]);
    return wijk_gpkg_done(g);
}
