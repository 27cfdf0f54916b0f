/* SPDX-License-Identifier: EUPL-1.2 */
/* Loads with their findings, and the definitions that were in use, so that the file explains itself. */
#include "store/store_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *or_empty(const char *s)
{
    return s ? s : "";
}

/* ---- saving a load ---- */

/* The source's row may come from the definitions; when it is not there yet, the load says enough. */
static enum wijk_err ensure_source(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_load *l)
{
    struct wijk__q q =
        wijk__q(cx, store,
                "INSERT INTO source (id, publisher, licence, table_id, release, method_version)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING");
    wijk__q_text(&q, l->source);
    wijk__q_text(&q, or_empty(l->publisher));
    wijk__q_text(&q, or_empty(l->licence));
    wijk__q_text(&q, or_empty(l->table));
    wijk__q_text(&q, or_empty(l->release));
    wijk__q_text(&q, or_empty(l->method_version));
    return wijk__q_done(&q);
}

/* after: how many the load has already */
static enum wijk_err save_findings(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_load *l,
                                   size_t after)
{
    struct wijk__q q = wijk__q(cx, store,
                               "INSERT INTO finding (load_id, nr, kind, line, column_name, reason, cure)"
                               " VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (size_t k = 0; k < l->n_finding && after + k < WIJK_FINDINGS_KEPT && !q.err; k++) {
        const struct wijk_finding *f = &l->finding[k];
        wijk__q_again(&q);
        wijk__q_int(&q, l->id);
        wijk__q_int(&q, (int64_t)(after + k + 1));
        wijk__q_text(&q, f->kind == WIJK_FINDING_REFUSED ? "refused" : "flagged");
        wijk__q_int(&q, (int64_t)f->line);
        wijk__q_text(&q, or_empty(f->column));
        wijk__q_text(&q, or_empty(f->reason));
        wijk__q_text(&q, or_empty(f->cure));
        wijk__q_row(&q);
    }
    return wijk__q_end(&q);
}

/* GeoPackage wants milliseconds: 2026-11-25T06:41:00Z becomes 2026-11-25T06:41:00.000Z. */
static enum wijk_err touch_contents(struct wijk_cx *cx, struct wijk_store *store, const char *loaded_at)
{
    if (strlen(loaded_at) != 20) return WIJK_OK;
    struct wijk__q q =
        wijk__q(cx, store, "UPDATE gpkg_contents SET last_change = substr(?, 1, 19) || '.000Z'");
    wijk__q_text(&q, loaded_at);
    return wijk__q_done(&q);
}

static enum wijk_err save_load(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct wijk_load *l = arg;
    WIJK_TRY(ensure_source(cx, store, l));
    int64_t last;
    WIJK_TRY(wijk__store_number(cx, store, "SELECT coalesce(max(id), 0) FROM load", &last));
    struct wijk__q q =
        wijk__q(cx, store, "INSERT INTO load VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    wijk__q_int(&q, last + 1);
    const char *const text[] = {l->source,  l->release, l->method_version, l->publisher,
                                l->licence, l->table,   l->file_name,      l->sha256};
    for (size_t k = 0; k < sizeof text / sizeof *text; k++) wijk__q_text(&q, or_empty(text[k]));
    wijk__q_int(&q, (int64_t)l->bytes);
    wijk__q_text(&q, or_empty(l->retrieved));
    wijk__q_text(&q, or_empty(l->loaded_at));
    const uint64_t count[] = {l->rows, l->taken, l->refused, l->flagged};
    for (size_t k = 0; k < sizeof count / sizeof *count; k++) wijk__q_int(&q, (int64_t)count[k]);
    wijk__q_text(&q, or_empty(l->url));
    WIJK_TRY(wijk__q_done(&q));
    l->id = (uint32_t)(last + 1);
    store->loaded = true;
    wijk__store_note(store, l->sha256, strlen(l->sha256));
    WIJK_TRY(save_findings(cx, store, l, 0));
    return touch_contents(cx, store, or_empty(l->loaded_at));
}

enum wijk_err wijk_store_save_load(struct wijk_cx *cx, struct wijk_store *store, struct wijk_load *load)
{
    return wijk__store_write(cx, store, save_load, load);
}

static enum wijk_err add_findings(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct wijk_load *l = arg;
    int64_t last;
    WIJK_TRY(wijk__store_number(
        cx, store,
        wijk_sprintf(cx, "SELECT coalesce(max(nr), 0) FROM finding WHERE load_id = %u", (unsigned)l->id),
        &last));
    return save_findings(cx, store, l, (size_t)last);
}

enum wijk_err wijk_store_add_findings(struct wijk_cx *cx, struct wijk_store *store, uint32_t load_id,
                                      const struct wijk_finding *v, size_t n)
{
    struct wijk_load l = {.id = load_id, .n_finding = n, .finding = v};
    return wijk__store_write(cx, store, add_findings, &l);
}

/* ---- reading loads ---- */

#define LOAD_COLUMNS                                                                                         \
    "id, source, release, method_version, publisher, licence, table_id, file_name, sha256, bytes, "          \
    "retrieved, loaded_at,"                                                                                  \
    " rows_read, rows_taken, rows_refused, rows_flagged, url"

static struct wijk_load load_of(struct wijk__q *q)
{
    return (struct wijk_load){.id = (uint32_t)wijk__q_get_int(q, 0),
                              .source = wijk__q_get_text(q, 1),
                              .release = wijk__q_get_text(q, 2),
                              .method_version = wijk__q_get_text(q, 3),
                              .publisher = wijk__q_get_text(q, 4),
                              .licence = wijk__q_get_text(q, 5),
                              .table = wijk__q_get_text(q, 6),
                              .file_name = wijk__q_get_text(q, 7),
                              .sha256 = wijk__q_get_text(q, 8),
                              .bytes = (uint64_t)wijk__q_get_int(q, 9),
                              .retrieved = wijk__q_get_text(q, 10),
                              .loaded_at = wijk__q_get_text(q, 11),
                              .rows = (uint64_t)wijk__q_get_int(q, 12),
                              .taken = (uint64_t)wijk__q_get_int(q, 13),
                              .refused = (uint64_t)wijk__q_get_int(q, 14),
                              .flagged = (uint64_t)wijk__q_get_int(q, 15),
                              .url = wijk__q_get_text(q, 16)};
}

enum wijk_err wijk_store_find_load(struct wijk_cx *cx, struct wijk_store *store, const char *source,
                                   const char *sha256, const struct wijk_load **out)
{
    *out = NULL;
    struct wijk__q q =
        wijk__q(cx, store,
                "SELECT " LOAD_COLUMNS " FROM load WHERE source = ? AND sha256 = ? ORDER BY id DESC LIMIT 1");
    wijk__q_text(&q, source);
    wijk__q_text(&q, sha256);
    if (wijk__q_row(&q)) {
        struct wijk_load *load = WIJK_NEW(cx, struct wijk_load, 1);
        *load = load_of(&q);
        *out = load;
    }
    return wijk__q_end(&q);
}

enum wijk_err wijk_store_read_loads(struct wijk_cx *cx, struct wijk_store *store,
                                    const struct wijk_load **out, size_t *n)
{
    int64_t count;
    WIJK_TRY(wijk__store_number(cx, store, "SELECT count(*) FROM load", &count));
    struct wijk_load *v = WIJK_NEW(cx, struct wijk_load, count);
    struct wijk__q q = wijk__q(cx, store, "SELECT " LOAD_COLUMNS " FROM load ORDER BY id");
    for (*n = 0; *n < (size_t)count && wijk__q_row(&q); ++*n) v[*n] = load_of(&q);
    *out = v;
    return wijk__q_end(&q);
}

enum wijk_err wijk_store_read_findings(struct wijk_cx *cx, struct wijk_store *store, uint32_t load_id,
                                       const struct wijk_finding **out, size_t *n)
{
    struct wijk_finding *v = WIJK_NEW(cx, struct wijk_finding, WIJK_FINDINGS_KEPT);
    struct wijk__q q = wijk__q(
        cx, store, "SELECT kind, line, column_name, reason, cure FROM finding WHERE load_id = ? ORDER BY nr");
    wijk__q_int(&q, load_id);
    for (*n = 0; *n < WIJK_FINDINGS_KEPT && wijk__q_row(&q); ++*n)
        v[*n] = (struct wijk_finding){.kind = strcmp(wijk__q_get_text(&q, 0), "refused") == 0
                                                  ? WIJK_FINDING_REFUSED
                                                  : WIJK_FINDING_FLAGGED,
                                      .line = (uint64_t)wijk__q_get_int(&q, 1),
                                      .column = wijk__q_get_text(&q, 2),
                                      .reason = wijk__q_get_text(&q, 3),
                                      .cure = wijk__q_get_text(&q, 4)};
    *out = v;
    return wijk__q_end(&q);
}

/* ---- columns ---- */

enum { COLUMNS_SINCE = 11 }; /* schema */

struct columns {
    uint32_t load;
    const struct wijk_load_column *v;
    size_t n;
};

static enum wijk_err save_columns(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct columns *c = arg;
    struct wijk__q q =
        wijk__q(cx, store, "INSERT OR REPLACE INTO load_column VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t k = 0; k < c->n && !q.err; k++) {
        const struct wijk_load_column *l = &c->v[k];
        wijk__q_again(&q);
        wijk__q_int(&q, c->load);
        wijk__q_text(&q, l->indicator);
        wijk__q_int(&q, wijk_period_key(l->period));
        wijk__q_text(&q, l->column);
        wijk__q_text(&q, or_empty(l->rows));
        wijk__q_real(&q, l->scale);
        wijk__q_text(&q, or_empty(l->area_column));
        wijk__q_int(&q, l->area_first);
        wijk__q_text(&q, or_empty(l->left_out));
        wijk__q_row(&q);
        wijk__store_note(store, l->column, strlen(l->column));
    }
    return wijk__q_end(&q);
}

enum wijk_err wijk_store_save_columns(struct wijk_cx *cx, struct wijk_store *store, uint32_t load_id,
                                      const struct wijk_load_column *v, size_t n)
{
    return wijk__store_write(cx, store, save_columns, &(struct columns){load_id, v, n});
}

static int columns_in_order(const void *a, const void *b)
{
    const struct wijk_load_column *x = a, *y = b;
    int d = (x->load > y->load) - (x->load < y->load);
    if (!d) d = strcmp(x->indicator, y->indicator);
    return d ? d : wijk_period_key(x->period) - wijk_period_key(y->period);
}

enum wijk_err wijk_store_read_columns(struct wijk_cx *cx, struct wijk_store *store,
                                      const struct wijk_load_column **out, size_t *n)
{
    int64_t schema, count;
    *out = NULL, *n = 0;
    WIJK_TRY(wijk__store_number(cx, store, "SELECT schema FROM wijk_store", &schema));
    if (schema < COLUMNS_SINCE) return WIJK_OK; /* an older form, which kept none, or not all about them */
    WIJK_TRY(wijk__store_number(cx, store, "SELECT count(*) FROM load_column", &count));
    struct wijk_load_column *v = WIJK_NEW(cx, struct wijk_load_column, count);
    struct wijk__q q =
        wijk__q(cx, store,
                "SELECT load_id, indicator, period, column_name, rows, scale, area_column, area_first,"
                " left_out FROM load_column ORDER BY load_id");
    for (; *n < (size_t)count && wijk__q_row(&q); ++*n)
        v[*n] = (struct wijk_load_column){(uint32_t)wijk__q_get_int(&q, 0),
                                          wijk__q_get_text(&q, 1),
                                          wijk_period_of_key((int32_t)wijk__q_get_int(&q, 2)),
                                          wijk__q_get_text(&q, 3),
                                          wijk__q_get_text(&q, 4),
                                          wijk__q_get_real(&q, 5),
                                          wijk__q_get_text(&q, 6),
                                          (int)wijk__q_get_int(&q, 7),
                                          wijk__q_get_text(&q, 8)};
    if (*n) qsort(v, *n, sizeof *v, columns_in_order);
    *out = v;
    return wijk__q_end(&q);
}

/* ---- definitions ---- */

static enum wijk_err save_sources(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_defs *defs)
{
    struct wijk__q q = wijk__q(
        cx, store,
        "INSERT INTO source (id, title_nl, title_en, publisher, licence, homepage, table_id, format, release,"
        " method_version, attribution) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET title_nl = excluded.title_nl, title_en = excluded.title_en,"
        " publisher = excluded.publisher, licence = excluded.licence, homepage = excluded.homepage,"
        " table_id = excluded.table_id, format = excluded.format, release = excluded.release,"
        " method_version = excluded.method_version, attribution = excluded.attribution");
    for (size_t k = 0; k < defs->n_source && !q.err; k++) {
        const struct wijk_source *s = &defs->source[k];
        const char *const text[] = {s->id,      s->title_nl,       s->title_en,   s->publisher,
                                    s->licence, s->homepage,       s->table,      s->format,
                                    s->release, s->method_version, s->attribution};
        wijk__q_again(&q);
        for (size_t c = 0; c < sizeof text / sizeof *text; c++) wijk__q_text(&q, or_empty(text[c]));
        wijk__q_row(&q);
    }
    return wijk__q_end(&q);
}

static enum wijk_err save_indicators(struct wijk_cx *cx, struct wijk_store *store,
                                     const struct wijk_defs *defs)
{
    static const char *const KIND[] = {"measured", "estimated", "said"},
                             *const DIRECTION[] = {"none", "up", "down"},
                             *const AGGREGATION[] = {"none", "sum", "residents"};
    struct wijk__q q = wijk__q(
        cx, store,
        "INSERT INTO indicator (id, label_nl, label_en, definition_nl, definition_en, unit_nl, unit_en, "
        "theme, method,"
        " dimension, disclosure, kind, direction, decimals, min, max, min_base, aggregation, composition)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET label_nl = excluded.label_nl, label_en = excluded.label_en,"
        " definition_nl = excluded.definition_nl, definition_en = excluded.definition_en, unit_nl = "
        "excluded.unit_nl,"
        " unit_en = excluded.unit_en, theme = excluded.theme, method = excluded.method,"
        " dimension = excluded.dimension, disclosure = excluded.disclosure, kind = excluded.kind,"
        " direction = excluded.direction, decimals = excluded.decimals, min = excluded.min, max = "
        "excluded.max,"
        " min_base = excluded.min_base, aggregation = excluded.aggregation, composition = "
        "excluded.composition");
    for (size_t k = 0; k < defs->n_indicator && !q.err; k++) {
        const struct wijk_indicator *i = &defs->indicator[k];
        const char *const text[] = {
            i->id,      i->label_nl, i->label_en, i->definition_nl, i->definition_en, i->unit_nl,
            i->unit_en, i->theme,    i->method,   i->dimension,     i->disclosure};
        wijk__q_again(&q);
        for (size_t c = 0; c < sizeof text / sizeof *text; c++) wijk__q_text(&q, or_empty(text[c]));
        wijk__q_text(&q, KIND[i->kind]);
        wijk__q_text(&q, DIRECTION[i->direction]);
        wijk__q_int(&q, i->decimals);
        wijk__q_real(&q, i->min);
        wijk__q_real(&q, i->max);
        wijk__q_real(&q, isnan(i->min_base) ? 0 : i->min_base);
        wijk__q_text(&q, AGGREGATION[i->aggregation]);
        wijk__q_int(&q, i->composition);
        wijk__q_row(&q);
    }
    return wijk__q_end(&q);
}

static enum wijk_err save_defs(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    WIJK_TRY(save_sources(cx, store, arg));
    return save_indicators(cx, store, arg);
}

enum wijk_err wijk_store_save_defs(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_defs *defs)
{
    return wijk__store_write(cx, store, save_defs, (void *)(uintptr_t)defs);
}
