/* SPDX-License-Identifier: EUPL-1.2 */
/* Local norms: a row for every version that was decided; none is changed or taken away. */
#include "store/norm_store.h"
#include "store/store_int.h"

enum { LIST_MAX = 1000 };

static struct wijk_norm norm_at(struct wijk__q *q)
{
    struct wijk_norm v = {.gemeente = wijk__q_get_text(q, 0),
                          .area = wijk__q_get_text(q, 1),
                          .indicator = wijk__q_get_text(q, 2),
                          .version = wijk__q_get_int(q, 3),
                          .terms = {.value = wijk__q_get_real(q, 5),
                                    .target_year = (int)wijk__q_get_int(q, 6),
                                    .from = wijk__q_get_text(q, 7),
                                    .withdrawn = wijk__q_get_int(q, 8) != 0},
                          .why = wijk__q_get_text(q, 9),
                          .area_name = wijk__q_get_text(q, 10),
                          .label = wijk__q_get_text(q, 11),
                          .unit = wijk__q_get_text(q, 12),
                          .proposal = wijk__q_get_int(q, 13),
                          .made_by = wijk__q_get_int(q, 14),
                          .made_at = wijk__q_get_int(q, 15),
                          .decided_by = wijk__q_get_int(q, 16),
                          .decided_at = wijk__q_get_int(q, 17)};
    if (!wijk_norm_kind_parse(wijk_str(wijk__q_get_text(q, 4)), &v.terms.kind))
        v.terms.withdrawn = true; /* cannot be: the table knows two kinds */
    return v;
}

enum wijk_err wijk_store_list_norms(struct wijk_cx *cx, struct wijk_store *store,
                                    const struct wijk_norm_ask *ask, const struct wijk_norm **out, size_t *n)
{
    struct wijk_norm *v = NULL;
    size_t cap = 0;
    *n = 0;
    struct wijk__q q =
        wijk__q(cx, store,
                "SELECT n.gemeente, n.area, n.indicator, n.version, n.kind, n.value, n.target_year, n.since,"
                " n.withdrawn, n.why, n.area_name, n.label, n.unit, n.proposal, n.made_by, n.made_at,"
                " n.decided_by, n.decided_at"
                " FROM (SELECT gemeente, area, indicator FROM norm WHERE version = 1 AND"
                " (?1 IS NULL OR gemeente = ?1) AND (?2 IS NULL OR indicator = ?2) AND"
                " (?3 IS NULL OR area IN (?3, ?4, ?5)) AND"
                " (?6 IS NULL OR (gemeente, area, indicator) > (?6, ?7, ?8))"
                " ORDER BY gemeente, area, indicator LIMIT ?9) AS k"
                " JOIN norm AS n ON n.gemeente = k.gemeente AND n.area = k.area AND n.indicator = k.indicator"
                " ORDER BY n.gemeente, n.area, n.indicator, n.version");
    wijk__q_text(&q, ask->gemeente);
    wijk__q_text(&q, ask->indicator);
    for (size_t k = 0; k < WIJK_NORM_AREAS; k++) wijk__q_text(&q, k < ask->n_area ? ask->area[k] : NULL);
    wijk__q_text(&q, ask->after ? ask->after->gemeente : NULL);
    wijk__q_text(&q, ask->after ? ask->after->area : NULL);
    wijk__q_text(&q, ask->after ? ask->after->indicator : NULL);
    wijk__q_int(&q, (int64_t)(ask->n_max < LIST_MAX ? ask->n_max : LIST_MAX));
    while (wijk__q_row(&q)) {
        v = wijk_grow(cx, v, *n, &cap, sizeof *v);
        v[(*n)++] = norm_at(&q);
    }
    *out = v;
    return wijk__q_end(&q);
}

static enum wijk_err newest(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_norm *v,
                            int64_t *out)
{
    *out = 0;
    struct wijk__q q = wijk__q(
        cx, store,
        "SELECT coalesce(max(version), 0) FROM norm WHERE gemeente = ? AND area = ? AND indicator = ?");
    wijk__q_text(&q, v->gemeente);
    wijk__q_text(&q, v->area);
    wijk__q_text(&q, v->indicator);
    if (wijk__q_row(&q)) *out = wijk__q_get_int(&q, 0);
    return wijk__q_end(&q);
}

static enum wijk_err add(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct wijk_norm *v = arg;
    int64_t before;
    WIJK_TRY(newest(cx, store, v, &before));
    if (v->version != before + 1)
        return wijk_fail(cx, WIJK_ECONFLICT, "Over deze norm is intussen al anders besloten.");
    struct wijk__q q =
        wijk__q(cx, store,
                "INSERT INTO norm (gemeente, area, indicator, version, kind, value, target_year, since,"
                " withdrawn, why, area_name, label, unit, proposal, made_by, made_at, decided_by, decided_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    wijk__q_text(&q, v->gemeente);
    wijk__q_text(&q, v->area);
    wijk__q_text(&q, v->indicator);
    wijk__q_int(&q, v->version);
    wijk__q_text(&q, wijk_norm_kind_id(v->terms.kind));
    wijk__q_real(&q, v->terms.value);
    if (v->terms.target_year)
        wijk__q_int(&q, v->terms.target_year);
    else
        wijk__q_null(&q);
    wijk__q_text(&q, v->terms.from);
    wijk__q_int(&q, v->terms.withdrawn);
    wijk__q_text(&q, v->why);
    wijk__q_text(&q, v->area_name);
    wijk__q_text(&q, v->label);
    wijk__q_text(&q, v->unit);
    wijk__q_int(&q, v->proposal);
    wijk__q_int(&q, v->made_by);
    wijk__q_int(&q, v->made_at);
    wijk__q_int(&q, v->decided_by);
    wijk__q_int(&q, v->decided_at);
    return wijk__q_done(&q);
}

enum wijk_err wijk_store_add_norm(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_norm *v)
{
    struct wijk_norm copy = *v;
    return wijk__store_quietly(cx, store, add, &copy);
}
