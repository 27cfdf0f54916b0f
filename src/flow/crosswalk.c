/* SPDX-License-Identifier: EUPL-1.2 */
/* Crosswalks between two divisions of a store: from a table of codes, or from the borders; kept by code. */
#include "flow/flow_int.h"

#include <math.h>
#include <string.h>

/* ---- the two divisions ---- */

struct ends {
    const struct wijk_areas *from, *to;
    const struct wijk_area_index *from_index, *to_index;
};

static enum wijk_err check_years(struct wijk_cx *cx, const struct wijk_flow_cross *which)
{
    if (which->from_year < which->to_year) return WIJK_OK;
    return wijk_fail(cx, WIJK_EUSAGE, "Omrekenen gaat van een oudere indeling naar een nieuwere.");
}

static enum wijk_err read_end(struct wijk_cx *cx, struct wijk_store *store, enum wijk_level level, int year,
                              const struct wijk_areas **out, const struct wijk_area_index **index)
{
    WIJK_TRY(wijk_store_read_areas(cx, store, level, year, false, out));
    if (!(*out)->n)
        return wijk_fail(cx, WIJK_ENOTFOUND, "Er zijn geen %s in de indeling van %d. Laad ze eerst.",
                         wijk_tr(cx, wijk_level_label(level, true)), year);
    *index = wijk_area_index(cx, *out);
    return WIJK_OK;
}

static enum wijk_err read_ends(struct wijk_cx *cx, struct wijk_store *store,
                               const struct wijk_flow_cross *which, struct ends *e)
{
    WIJK_TRY(check_years(cx, which));
    WIJK_TRY(read_end(cx, store, which->level, which->from_year, &e->from, &e->from_index));
    return read_end(cx, store, which->level, which->to_year, &e->to, &e->to_index);
}

static bool lies_in(const char *code, const char *gemeente)
{
    char of[WIJK_CODE_MAX];
    return !*gemeente || (wijk_code_gemeente(code, of) && strcmp(of, gemeente) == 0);
}

/* ---- between the kept form and the computing one ---- */

static const char **codes(struct wijk_cx *cx, const struct wijk_areas *a)
{
    const char **v = WIJK_NEW(cx, const char *, a->n);
    for (size_t i = 0; i < a->n; i++) v[i] = a->v[i].code;
    return v;
}

static double *known_residents(struct wijk_cx *cx, const struct wijk_areas *a)
{
    double *v = WIJK_NEW(cx, double, a->n);
    for (size_t i = 0; i < a->n; i++) v[i] = a->v[i].residents;
    return v;
}

static double *covers(struct wijk_cx *cx, const struct wijk_crosswalk_kept *k, bool of_to,
                      const struct wijk_area_index *index, size_t n)
{
    double *v = WIJK_NEW(cx, double, n);
    for (size_t i = 0; i < n; i++) v[i] = 1;
    for (size_t i = 0; i < k->n_cover; i++) {
        size_t at = k->cover[i].of_to == of_to ? wijk_area_find(index, k->cover[i].code) : SIZE_MAX;
        if (at != SIZE_MAX && k->cover[i].covered >= 0) v[at] = k->cover[i].covered;
    }
    return v;
}

const struct wijk_crosswalk *wijk__cross_of(struct wijk_cx *cx, const struct wijk_crosswalk_kept *k,
                                            const struct wijk_areas *from,
                                            const struct wijk_area_index *from_index,
                                            const struct wijk_areas *to,
                                            const struct wijk_area_index *to_index)
{
    struct wijk_cross_link *link = WIJK_NEW(cx, struct wijk_cross_link, k->n_link);
    size_t n = 0;
    for (size_t i = 0; i < k->n_link; i++) {
        size_t f = wijk_area_find(from_index, k->link[i].from), t = wijk_area_find(to_index, k->link[i].to);
        if (f == SIZE_MAX || t == SIZE_MAX) continue;
        link[n++] = (struct wijk_cross_link){(uint32_t)f, (uint32_t)t, k->link[i].share_area,
                                             k->link[i].share_residents, k->link[i].kind};
    }
    struct wijk_crosswalk_in in = {.level = k->level,
                                   .from_year = k->from_year,
                                   .to_year = k->to_year,
                                   .method = k->method,
                                   .n_from = from->n,
                                   .n_to = to->n,
                                   .n = n,
                                   .link = link,
                                   .from_code = codes(cx, from),
                                   .to_code = codes(cx, to),
                                   .covered_from = covers(cx, k, false, from_index, from->n),
                                   .covered_to = covers(cx, k, true, to_index, to->n),
                                   .size = known_residents(cx, from),
                                   .same = k->opt.same};
    const struct wijk_crosswalk *x;
    if (wijk_crosswalk_of(cx, &in, &x) == WIJK_OK) return x;
    wijk_fault_clear(cx);
    return NULL;
}

/* Only links and covers within the gemeente asked for. */
static struct wijk_crosswalk_kept kept_of(struct wijk_cx *cx, const struct wijk_flow_cross *which,
                                          const struct wijk_flow_crossed *c)
{
    const struct wijk_crosswalk *x = c->crosswalk;
    struct wijk_crosswalk_pair *link = WIJK_NEW(cx, struct wijk_crosswalk_pair, x->n);
    struct wijk_crosswalk_cover *cover = WIJK_NEW(cx, struct wijk_crosswalk_cover, x->n_from + x->n_to);
    struct wijk_crosswalk_kept k = {.level = which->level,
                                    .from_year = which->from_year,
                                    .to_year = which->to_year,
                                    .gemeente = which->gemeente ? which->gemeente : "",
                                    .method = x->method,
                                    .file_name = "",
                                    .sha256 = "",
                                    .link = link,
                                    .cover = cover};
    for (size_t i = 0; i < x->n; i++) {
        const struct wijk_cross_link *l = &x->link[i];
        const char *to = c->to->v[l->to].code;
        if (lies_in(to, k.gemeente))
            link[k.n_link++] = (struct wijk_crosswalk_pair){c->from->v[l->from].code, to, l->share_area,
                                                            l->share_residents, l->kind};
    }
    for (size_t i = 0; i < x->n_from + x->n_to; i++) {
        bool of_to = i >= x->n_from;
        size_t at = of_to ? i - x->n_from : i;
        double covered = of_to ? x->covered_to[at] : x->covered_from[at];
        const char *code = of_to ? c->to->v[at].code : c->from->v[at].code;
        if (covered < 1 && lies_in(code, k.gemeente))
            cover[k.n_cover++] = (struct wijk_crosswalk_cover){of_to, code, covered};
    }
    return k;
}

static const char *moment(struct wijk_cx *cx, int64_t now)
{
    char text[24];
    wijk_time_write(now, text);
    return wijk_str_dup(cx, wijk_str(text));
}

/* ---- a table of codes ---- */

enum { FROM, TO, SHARE, COLUMNS };
struct table {
    struct wijk_cx *cx;
    const char *label;
    enum wijk_level level;
    const struct ends *ends;
    const char *gemeente;
    size_t at[COLUMNS];
    struct wijk_cross_link *link;
    uint64_t *line;
    bool *partly; /* by new area: something that went to it was refused, so that what is left is not all of it
                   */
    size_t n, cap, cap_line;
    struct wijk_finding *refused;
    size_t n_refused, cap_refused;
    uint64_t rows;
};

static void refuse(struct table *t, uint64_t line, const char *column, const char *reason, const char *cure)
{
    if (t->n_refused == WIJK_FINDINGS_KEPT) return;
    t->refused = wijk_grow(t->cx, t->refused, t->n_refused, &t->cap_refused, sizeof *t->refused);
    t->refused[t->n_refused++] = (struct wijk_finding){WIJK_FINDING_REFUSED, line, column, reason, cure};
}

static enum wijk_err find_columns(struct table *t, const struct wijk_flow_cross_table *in,
                                  const struct wijk_str *field, size_t n)
{
    const char *const name[] = {in->from_column ? in->from_column : "from",
                                in->to_column ? in->to_column : "to",
                                in->share_column ? in->share_column : "share"};
    for (size_t c = 0; c < COLUMNS; c++) {
        t->at[c] = 0;
        while (t->at[c] < n && !wijk_str_eq(wijk_str_trim(field[t->at[c]]), wijk_str(name[c]))) t->at[c]++;
        bool needed = c != SHARE || in->share_column;
        if (t->at[c] == n && needed)
            return wijk_fail(t->cx, WIJK_EDATA, "%s: de kolom %s ontbreekt.", t->label, name[c]);
    }
    return WIJK_OK;
}

/* The place of a code in its division; SIZE_MAX after a complaint. */
static size_t place_of(struct table *t, uint64_t line, bool of_to, struct wijk_str text)
{
    char code[WIJK_CODE_MAX];
    const char *column = of_to ? "to" : "from";
    const struct wijk_areas *areas = of_to ? t->ends->to : t->ends->from;
    if (!wijk_code_normalise(text, t->level, code)) {
        refuse(
            t, line, column,
            wijk_sprintf(t->cx, wijk_tr(t->cx, "«%.*s» is geen code van dit niveau."), (int)text.n, text.p),
            "");
        return SIZE_MAX;
    }
    size_t at = wijk_area_find(of_to ? t->ends->to_index : t->ends->from_index, code);
    if (at != SIZE_MAX) return at;
    const char *like = wijk_area_suggest(areas, code);
    refuse(t, line, column,
           wijk_sprintf(t->cx, wijk_tr(t->cx, "De code %s is er niet in de indeling van %d."), code,
                        areas->division_year),
           like ? wijk_sprintf(t->cx, wijk_tr(t->cx, "Bedoelt u %s?"), like) : "");
    return SIZE_MAX;
}

static void take_pair(struct table *t, uint64_t line, const struct wijk_str text[COLUMNS])
{
    t->rows++;
    size_t from = place_of(t, line, false, text[FROM]), to = place_of(t, line, true, text[TO]);
    double share = NAN;
    if (to == SIZE_MAX || !lies_in(t->ends->to->v[to].code, t->gemeente)) return;
    t->partly[to] = t->partly[to] || from == SIZE_MAX;
    if (from == SIZE_MAX) return;
    if (text[SHARE].n &&
        (!wijk_num_parse(text[SHARE], WIJK_NUM_EITHER, &share) || !(share > 0 && share <= 1))) {
        refuse(t, line, "share", wijk_tr(t->cx, "Hier hoort een deel van meer dan 0 en hoogstens 1."), "");
        t->partly[to] = true;
        return;
    }
    size_t cap = t->cap;
    t->link = wijk_grow(t->cx, t->link, t->n, &t->cap, sizeof *t->link);
    t->line = wijk_grow(t->cx, t->line, t->n, &cap, sizeof *t->line);
    t->cap_line = cap;
    t->line[t->n] = line;
    t->link[t->n++] = (struct wijk_cross_link){(uint32_t)from, (uint32_t)to, share, NAN, WIJK_CROSS_OVERLAY};
}

static void take_row(struct table *t, uint64_t line, const struct wijk_str *field, size_t n)
{
    struct wijk_str text[COLUMNS];
    for (size_t c = 0; c < COLUMNS; c++)
        text[c] = t->at[c] < n ? wijk_str_trim(field[t->at[c]]) : WIJK_STR("");
    if (text[FROM].n && text[TO].n) take_pair(t, line, text); /* else a new or a vanished area */
}

static enum wijk_err read_rows(struct table *t, struct wijk_csv *csv, const struct wijk_flow_cross_table *in)
{
    const struct wijk_str *field;
    size_t n;
    WIJK_TRY(wijk_csv_next(csv, &field, &n));
    WIJK_TRY(find_columns(t, in, field, n));
    for (;;) {
        WIJK_TRY(wijk_csv_next(csv, &field, &n));
        if (n == 0) return WIJK_OK;
        if (t->n == WIJK_PAIRS_MAX)
            return wijk_fail(t->cx, WIJK_ELIMIT, "%s: meer dan %d regels.", t->label, WIJK_PAIRS_MAX);
        take_row(t, wijk_csv_line(csv), field, n);
    }
}

/* A pair that stands there twice is one pair; an old area in several rows needs its shares; one alone is
 * whole. Areas whose shares cannot be right are refused whole, so that no part of their people gets lost. */
static void settle_shares(struct table *t)
{
    size_t n_from = t->ends->from->n, n = 0;
    size_t *rows = WIJK_NEW(t->cx, size_t, n_from), *last = WIJK_NEW(t->cx, size_t, n_from);
    size_t *before = WIJK_NEW(t->cx, size_t, t->n); /* the row of the same old area before this one */
    double *sum = WIJK_NEW(t->cx, double, n_from);
    for (size_t i = 0; i < t->n; i++) {
        uint32_t f = t->link[i].from;
        bool twice = false;
        for (size_t k = rows[f] ? last[f] : SIZE_MAX; k != SIZE_MAX && !twice; k = before[k])
            twice = t->link[k].to == t->link[i].to;
        if (twice) continue;
        before[n] = rows[f] ? last[f] : SIZE_MAX;
        t->line[n] = t->line[i];
        t->link[n] = t->link[i];
        rows[f]++;
        sum[f] += t->link[i].share_area;
        last[f] = n++;
    }
    t->n = n;
    n = 0;
    for (size_t i = 0; i < t->n; i++) {
        struct wijk_cross_link l = t->link[i];
        const char *code = t->ends->from->v[l.from].code;
        if (rows[l.from] == 1 && isnan(l.share_area)) l.share_area = 1, sum[l.from] = 1;
        bool whole = sum[l.from] <= 1 + 1e-6;
        t->partly[l.to] = t->partly[l.to] || !whole;
        if (isnan(sum[l.from]))
            refuse(t, t->line[i], "share",
                   wijk_sprintf(t->cx,
                                wijk_tr(t->cx, "%s ging naar meer dan één gebied en het deel ontbreekt."),
                                code),
                   wijk_tr(t->cx, "Zet in elke regel het deel, of leid het af uit de grenzen."));
        else if (!whole)
            refuse(t, t->line[i], "share",
                   wijk_sprintf(t->cx, wijk_tr(t->cx, "De delen van %s zijn samen meer dan 1."), code), "");
        else
            t->link[n++] = l;
    }
    t->n = n;
}

/* A table of changes leaves out what did not change. */
static void add_rest(struct table *t)
{
    const struct ends *e = t->ends;
    bool *from = WIJK_NEW(t->cx, bool, e->from->n), *to = WIJK_NEW(t->cx, bool, e->to->n);
    for (size_t i = 0; i < t->n; i++) from[t->link[i].from] = to[t->link[i].to] = true;
    for (size_t f = 0; f < e->from->n; f++) {
        size_t k = wijk_area_find(e->to_index, e->from->v[f].code);
        if (from[f] || k == SIZE_MAX || to[k] || !lies_in(e->from->v[f].code, t->gemeente)) continue;
        t->link = wijk_grow(t->cx, t->link, t->n, &t->cap, sizeof *t->link);
        t->link[t->n++] = (struct wijk_cross_link){(uint32_t)f, (uint32_t)k, 1, NAN, WIJK_CROSS_EXACT};
    }
}

static enum wijk_err settle(struct table *t, bool rest)
{
    settle_shares(t);
    if (!t->n)
        return wijk_fail(t->cx, WIJK_EDATA, "%s: geen enkele regel past bij deze twee indelingen.%s%s",
                         t->label, t->n_refused ? " " : "", t->n_refused ? t->refused[0].reason : "");
    if (rest) add_rest(t);
    return WIJK_OK;
}

static enum wijk_err read_table(struct table *t, struct wijk_file *file,
                                const struct wijk_flow_cross_table *in)
{
    struct wijk_csv *csv;
    WIJK_TRY(wijk_csv_open(t->cx, wijk_file_in(file), (struct wijk_csv_opt){0}, &csv));
    WIJK_TRY(read_rows(t, csv, in));
    return settle(t, in->rest);
}

/* What was taken, as a crosswalk. */
static enum wijk_err crossed_of(struct wijk_cx *cx, const struct wijk_flow_cross *which,
                                const struct table *t, const struct wijk_flow_crossed **out)
{
    const struct ends *e = t->ends;
    double *covered = WIJK_NEW(cx, double, e->to->n);
    for (size_t i = 0; i < e->to->n; i++) covered[i] = t->partly[i] ? 0 : 1;
    struct wijk_crosswalk_in in = {.level = which->level,
                                   .from_year = which->from_year,
                                   .to_year = which->to_year,
                                   .covered_to = covered,
                                   .method = WIJK_CROSS_BY_CODES,
                                   .n_from = e->from->n,
                                   .n_to = e->to->n,
                                   .n = t->n,
                                   .link = t->link,
                                   .from_code = codes(cx, e->from),
                                   .to_code = codes(cx, e->to),
                                   .size = known_residents(cx, e->from)};
    struct wijk_flow_crossed *c = WIJK_NEW(cx, struct wijk_flow_crossed, 1);
    *c = (struct wijk_flow_crossed){.from = e->from,
                                    .to = e->to,
                                    .rows = t->rows,
                                    .taken = t->n,
                                    .n_refused = t->n_refused,
                                    .refused = t->refused};
    *out = c;
    return wijk_crosswalk_of(cx, &in, &c->crosswalk);
}

static enum wijk_err keep(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_flow_cross *which,
                          const struct wijk_flow_crossed *c, const char *label, const char *sha256)
{
    struct wijk_crosswalk_kept k = kept_of(cx, which, c);
    k.file_name = label;
    k.sha256 = sha256;
    k.made_at = moment(cx, which->now);
    return wijk_store_save_crosswalk(cx, store, &k);
}

enum wijk_err wijk_flow_cross_import(struct wijk_cx *cx, struct wijk_store *store,
                                     const struct wijk_flow_cross *which,
                                     const struct wijk_flow_cross_table *table,
                                     const struct wijk_flow_crossed **out)
{
    struct ends e;
    struct wijk_file *file;
    char sha256[65];
    uint64_t bytes;
    WIJK_TRY(read_ends(cx, store, which, &e));
    WIJK_TRY(wijk_file_open(cx, table->path, &file));
    struct table t = {.cx = cx,
                      .label = wijk_file_label(file),
                      .level = which->level,
                      .ends = &e,
                      .partly = WIJK_NEW(cx, bool, e.to->n),
                      .gemeente = which->gemeente ? which->gemeente : ""};
    enum wijk_err err = wijk_file_hash(cx, file, sha256, &bytes);
    if (err == WIJK_OK) err = read_table(&t, file, table);
    const char *label = wijk_str_dup(cx, wijk_str(t.label));
    wijk_file_close(file);
    if (err != WIJK_OK) return err;
    WIJK_TRY(crossed_of(cx, which, &t, out));
    return keep(cx, store, which, *out, label, sha256);
}

enum wijk_err wijk__flow_cross_pairs(struct wijk_cx *cx, struct wijk_store *store,
                                     const struct wijk_flow_cross *which,
                                     const struct wijk_import_pairs *pairs, bool save,
                                     const struct wijk_flow_crossed **out)
{
    struct ends e;
    WIJK_TRY(read_ends(cx, store, which, &e));
    struct table t = {.cx = cx,
                      .label = pairs->load.file_name,
                      .level = which->level,
                      .ends = &e,
                      .partly = WIJK_NEW(cx, bool, e.to->n),
                      .gemeente = which->gemeente ? which->gemeente : ""};
    for (size_t i = 0; i < pairs->n; i++) {
        const struct wijk_import_pair *p = &pairs->pair[i];
        take_pair(&t, p->line, (const struct wijk_str[COLUMNS]){p->from, p->to, p->share});
    }
    WIJK_TRY(settle(&t, pairs->rest));
    WIJK_TRY(crossed_of(cx, which, &t, out));
    return save ? keep(cx, store, which, *out, pairs->load.file_name, pairs->load.sha256) : WIJK_OK;
}

/* ---- from the borders ---- */

static const struct wijk_snapshot_division *smaller(const struct wijk_snapshot *s, enum wijk_level level,
                                                    int year)
{
    const struct wijk_snapshot_division *best = NULL;
    for (size_t i = 0; i < s->n_division; i++) { /* by level, newest first: the finest with borders wins */
        const struct wijk_snapshot_division *d = &s->division[i];
        bool raster = d->areas.level == WIJK_LEVEL_RASTER;
        bool lower = d->areas.level < level && d->areas.division_year == year;
        if (!raster && !(lower && level <= WIJK_LEVEL_GEMEENTE)) continue;
        if (!best || raster) best = d;
        if (raster) return best;
    }
    return best;
}

/* Cells and smaller areas as points, with the residents as everyone may know them. */
static struct wijk_overlay_people people_of(struct wijk_cx *cx, const struct wijk_snapshot_division *d)
{
    struct wijk_overlay_people p = {0};
    if (!d) return p;
    struct wijk_xy *point = WIJK_NEW(cx, struct wijk_xy, d->areas.n), at;
    double *lives = WIJK_NEW(cx, double, d->areas.n);
    for (size_t i = 0; i < d->areas.n; i++) {
        const struct wijk_area *a = &d->areas.v[i];
        if (!(a->residents > 0) || !a->geom || !a->geom->n_point) continue;
        if (wijk_geom_label_point(cx, a->geom, &at) != WIJK_OK) {
            wijk_fault_clear(cx);
            continue;
        }
        point[p.n] = at;
        lives[p.n++] = a->residents;
    }
    p.point = point;
    p.residents = lives;
    return p;
}

enum wijk_err wijk_flow_cross_derive(struct wijk_cx *cx, struct wijk_store *store,
                                     const struct wijk_defs *defs, const struct wijk_flow_cross *which,
                                     struct wijk_overlay_opt opt, const struct wijk_flow_crossed **out)
{
    const struct wijk_snapshot *s;
    struct ends e;
    struct wijk_flow_crossed *c = WIJK_NEW(cx, struct wijk_flow_crossed, 1);
    WIJK_TRY(read_ends(cx, store, which, &e));
    WIJK_TRY(wijk_flow_snapshot(cx, store, defs, (struct wijk_snapshot_opt){.geometry = true}, &s));
    const struct wijk_snapshot_division *from = wijk_snapshot_division(s, which->level, which->from_year),
                                        *to = wijk_snapshot_division(s, which->level, which->to_year);
    c->from = &from->areas;
    c->to = &to->areas;
    /* also for one gemeente all borders are laid: an old area may have lost a part to a neighbour */
    struct wijk_overlay_people people = people_of(cx, smaller(s, which->level, which->from_year));
    if (!(opt.sliver_share > 0)) opt.sliver_share = 0.005;
    if (!(opt.sliver_m2 > 0)) opt.sliver_m2 = 1000;
    if (!(opt.same > 0)) opt.same = 0.995;
    WIJK_TRY(wijk_crosswalk_derive(cx, c->from, c->to, &people, opt, &c->derived));
    c->crosswalk = c->derived->crosswalk;
    if (!c->crosswalk->n)
        return wijk_fail(cx, WIJK_EDATA, "De grenzen van deze twee indelingen liggen nergens over elkaar.");
    struct wijk_crosswalk_kept k = kept_of(cx, which, c);
    k.opt = opt;
    k.made_at = moment(cx, which->now);
    *out = c;
    return wijk_store_save_crosswalk(cx, store, &k);
}

enum wijk_err wijk_flow_cross_find(struct wijk_cx *cx, struct wijk_store *store,
                                   const struct wijk_flow_cross *which, const struct wijk_flow_crossed **out)
{
    const struct wijk_crosswalk_kept *k;
    struct ends e;
    size_t n;
    struct wijk_flow_crossed *c = WIJK_NEW(cx, struct wijk_flow_crossed, 1);
    WIJK_TRY(read_ends(cx, store, which, &e));
    WIJK_TRY(wijk_store_read_crosswalks(cx, store, &k, &n));
    for (size_t i = 0; i < n && !c->crosswalk; i++)
        if (k[i].level == which->level && k[i].from_year == which->from_year &&
            k[i].to_year == which->to_year &&
            strcmp(k[i].gemeente, which->gemeente ? which->gemeente : "") == 0)
            c->crosswalk = wijk__cross_of(cx, &k[i], e.from, e.from_index, e.to, e.to_index);
    if (!c->crosswalk)
        return wijk_fail(
            cx, WIJK_ENOTFOUND,
            "Er is geen omrekening van %d naar %d. Geef --import FILE, of --derive voor de grenzen.",
            which->from_year, which->to_year);
    c->from = e.from;
    c->to = e.to;
    *out = c;
    return WIJK_OK;
}
