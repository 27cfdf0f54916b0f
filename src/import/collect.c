/* SPDX-License-Identifier: EUPL-1.2 */
/* Where the values of good rows gather: per level and division the areas, per period the columns. Vectors
 * double as areas come, so memory follows what is kept and not how many rows were read. */
#include "import/mapper.h"

#include <math.h>
#include <string.h>

static const uint64_t EIGHT_OK = WIJK_STATUS_OK * UINT64_C(0x0101010101010101);

static void *grow(struct wijk_cx *cx, const void *old, size_t n, size_t cap, size_t size)
{
    void *v = wijk_alloc_n(cx, cap, size);
    if (n) memcpy(v, old, n * size);
    return v;
}

/* The same in the room for values. */
static void *stretch(struct wijk__collect *c, const void *old, size_t n, size_t cap, size_t size)
{
    void *v = wijk_room_take(c->room, cap, size);
    if (n) memcpy(v, old, n * size);
    return v;
}

static size_t doubled(size_t cap, size_t least)
{
    if (!cap) cap = 16;
    while (cap < least) cap *= 2;
    return cap;
}

struct wijk__table *wijk__collect_table(struct wijk__collect *c, enum wijk_level level, int division_year)
{
    for (size_t i = 0; i < c->n_table; i++)
        if (c->table[i]->level == level && c->table[i]->division_year == division_year) return c->table[i];
    if (c->n_table == c->cap_table) {
        c->cap_table = doubled(c->cap_table, c->n_table + 1);
        c->table = grow(c->cx, c->table, c->n_table, c->cap_table, sizeof(struct wijk__table *));
    }
    struct wijk__table *t = WIJK_NEW(c->cx, struct wijk__table, 1);
    t->level = level;
    t->division_year = division_year;
    c->table[c->n_table++] = t;
    return t;
}

static size_t place(const struct wijk__table *t, const char *code)
{
    size_t at = (size_t)wijk_hash64(code, strlen(code), 0) & (t->n_hash - 1);
    while (t->hash[at] && strcmp(t->area[t->hash[at] - 1].code, code) != 0) at = (at + 1) & (t->n_hash - 1);
    return at;
}

size_t wijk__table_find(const struct wijk__table *t, const char *code)
{
    if (!t->n_hash) return SIZE_MAX;
    size_t i = t->hash[place(t, code)];
    return i ? i - 1 : SIZE_MAX;
}

size_t wijk__table_add(struct wijk__collect *c, struct wijk__table *t, const char *code, uint32_t row)
{
    if (t->n == t->cap) {
        size_t cap = doubled(t->cap, t->n + 1);
        t->area = grow(c->cx, t->area, t->n, cap, sizeof *t->area);
        t->area_row = grow(c->cx, t->area_row, t->n, cap, sizeof *t->area_row);
        t->cap = cap;
        t->n_hash = cap * 4;
        t->hash = WIJK_NEW(c->cx, size_t, t->n_hash);
        for (size_t i = 0; i < t->n; i++) t->hash[place(t, t->area[i].code)] = i + 1;
    }
    t->area[t->n] =
        (struct wijk_area){.code = wijk_str_dup(c->cx, wijk_str(code)), .name = "", .residents = NAN};
    t->area_row[t->n] = row;
    t->hash[place(t, code)] = t->n + 1;
    return t->n++;
}

struct wijk__slot *wijk__table_slot(struct wijk__collect *c, struct wijk__table *t, struct wijk_period period,
                                    size_t at)
{
    size_t i = t->last_slot;
    const int32_t key = wijk_period_key(period);
    if (i >= t->n_slot || wijk_period_key(t->slot[i].period) != key)
        for (i = 0; i < t->n_slot && wijk_period_key(t->slot[i].period) != key;) i++;
    if (i == t->n_slot) {
        if (t->n_slot == t->cap_slot) {
            t->cap_slot = doubled(t->cap_slot, t->n_slot + 1);
            t->slot = grow(c->cx, t->slot, t->n_slot, t->cap_slot, sizeof *t->slot);
        }
        t->slot[t->n_slot++] = (struct wijk__slot){.period = period};
    }
    t->last_slot = i;
    struct wijk__slot *s = &t->slot[i];
    if (at >= s->cap) {
        size_t cap = t->n > at + 1 ? t->n : doubled(s->cap, at + 1); /* areas of before come again */
        s->row = stretch(c, s->row, s->cap, cap, sizeof *s->row);
        s->hash = stretch(c, s->hash, s->cap, cap, sizeof *s->hash);
        s->cap = cap;
    }
    return s;
}

static struct wijk__column *column_of(struct wijk__collect *c, struct wijk__slot *s,
                                      const struct wijk_indicator *indicator)
{
    const size_t next = s->last_column + 1 < s->n_column ? s->last_column + 1 : 0;
    if (next < s->n_column && s->column[next].indicator == indicator)
        return &s->column[s->last_column = next];
    for (size_t i = 0; i < s->n_column; i++)
        if (s->column[i].indicator == indicator) return &s->column[s->last_column = i];
    if (s->n_column == s->cap_column) {
        s->cap_column = doubled(s->cap_column, s->n_column + 1);
        s->column = grow(c->cx, s->column, s->n_column, s->cap_column, sizeof *s->column);
    }
    s->column[s->n_column] = (struct wijk__column){.indicator = indicator};
    return &s->column[s->last_column = s->n_column++];
}

/* The column of an indicator, with room for area `at`. */
static struct wijk__column *column_for(struct wijk__collect *c, struct wijk__slot *s,
                                       const struct wijk_indicator *indicator, size_t at, bool rows)
{
    struct wijk__column *col = column_of(c, s, indicator);
    if (at < col->cap) return col;
    size_t cap = s->cap > at ? s->cap : doubled(col->cap, at + 1);
    col->value = stretch(c, col->value, col->cap, cap, sizeof *col->value);
    col->status = stretch(c, col->status, col->cap, cap, sizeof *col->status);
    if (rows) col->row = stretch(c, col->row, col->cap, cap, sizeof *col->row);
    col->cap = cap;
    return col;
}

void wijk__slot_count(struct wijk__collect *c, struct wijk__slot *s, const struct wijk_indicator *indicator,
                      size_t at, unsigned more)
{
    struct wijk__column *col = column_for(c, s, indicator, at, false);
    col->value[at] += more;
    col->status[at] = WIJK_STATUS_OK;
}

void wijk__slot_put(struct wijk__collect *c, struct wijk__slot *s, const struct wijk_indicator *indicator,
                    size_t at, double value, enum wijk_status status, uint32_t row)
{
    struct wijk__column *col = column_for(c, s, indicator, at, row != 0);
    col->value[at] = value;
    col->status[at] = (uint8_t)status;
    if (row) col->row[at] = row;
}

void wijk__slot_put_rows(struct wijk__collect *c, struct wijk__slot *s, size_t n,
                         const struct wijk_indicator *const *indicator, size_t n_row, const size_t *at,
                         const double *value, const uint8_t *status, size_t stride)
{
    size_t last = 0;
    for (size_t j = 0; j < n_row; j++) last = at[j] > last ? at[j] : last;
    for (size_t k = 0; k < n; k++) {
        struct wijk__column *col = k < s->n_column ? &s->column[k] : NULL;
        bool ready = col && col->indicator == indicator[k] && last < col->cap;
        for (size_t j = 0; j < n_row && !ready; j++)
            wijk__slot_put(c, s, indicator[k], at[j], value[j * stride + k],
                           (enum wijk_status)status[j * stride + k], 0);
        for (size_t j = 0; j < n_row && ready; j++) {
            col->value[at[j]] = value[j * stride + k];
            col->status[at[j]] = status[j * stride + k];
        }
    }
}

bool wijk__slot_same(const struct wijk__slot *s, const struct wijk_indicator *indicator, size_t at,
                     double value, enum wijk_status status)
{
    for (size_t i = 0; i < s->n_column; i++) {
        const struct wijk__column *col = &s->column[i];
        if (col->indicator != indicator || at >= col->cap) continue;
        return col->status[at] == status && (!wijk_status_valued(status) || col->value[at] == value);
    }
    return false;
}

uint32_t wijk__slot_row(const struct wijk__slot *s, const struct wijk_indicator *indicator, size_t at)
{
    for (size_t i = 0; i < s->n_column; i++)
        if (s->column[i].indicator == indicator)
            return s->column[i].row && at < s->column[i].cap ? s->column[i].row[at] : 0;
    return 0;
}

/* A vector as long as the table, "missing" where no row spoke. */
static struct wijk_series series_of(struct wijk__collect *c, const struct wijk__table *t, const uint32_t *row,
                                    const struct wijk__slot *s, struct wijk__column *col, const char *release)
{
    double *value = col->value;
    uint8_t *status = col->status;
    if (col->cap < t->n) {
        value = stretch(c, value, col->cap, t->n, sizeof *value);
        status = stretch(c, status, col->cap, t->n, sizeof *status);
    }
    bool valued[WIJK_STATUS_COUNT];
    for (int i = 0; i < WIJK_STATUS_COUNT; i++) valued[i] = wijk_status_valued((enum wijk_status)i);
    for (size_t i = 0; i < t->n; i++) {
        uint64_t eight;
        if (i + sizeof eight <= t->n && (memcpy(&eight, status + i, sizeof eight), eight == EIGHT_OK))
            i += sizeof eight - 1;
        else if (!valued[status[i]])
            value[i] = NAN;
    }
    if (col->row) row = col->cap < t->n ? stretch(c, col->row, col->cap, t->n, sizeof *row) : col->row;
    struct wijk_series_key key = {col->indicator->id, s->period, t->level, t->division_year, release};
    return (struct wijk_series){key, t->n, value, status, row, NULL};
}

int wijk__table_latest_year(const struct wijk__table *t)
{
    int year = 0;
    for (size_t i = 0; i < t->n_slot; i++)
        if (t->slot[i].period.year > year) year = t->slot[i].period.year;
    return year;
}

void wijk__collect_done(struct wijk__collect *c, const char *release, bool defines,
                        struct wijk_import_batch *out)
{
    size_t n = 0;
    struct wijk_areas *areas = WIJK_NEW(c->cx, struct wijk_areas, c->n_table);
    const uint32_t **area_row = WIJK_NEW(c->cx, const uint32_t *, c->n_table);
    bool *is_list = WIJK_NEW(c->cx, bool, c->n_table);
    for (size_t k = 0; k < c->n_table; k++)
        for (size_t s = 0; s < c->table[k]->n_slot; s++) n += c->table[k]->slot[s].n_column;
    struct wijk_series *series = WIJK_NEW(c->cx, struct wijk_series, n);
    for (size_t k = 0; k < c->n_table; k++) {
        struct wijk__table *t = c->table[k];
        if (!t->division_year) t->division_year = wijk__table_latest_year(t);
        areas[k] = (struct wijk_areas){t->level, t->division_year, t->n, t->area};
        area_row[k] = t->area_row;
        is_list[k] = defines;
        uint32_t *none = WIJK_NEW(c->cx, uint32_t, t->n); /* the load has no number before it is stored */
        for (size_t i = 0; i < t->n_slot; i++) {
            struct wijk__slot *s = &t->slot[i];
            const uint32_t *row = s->cap < t->n ? stretch(c, s->row, s->cap, t->n, sizeof *s->row) : s->row;
            for (size_t j = 0; j < s->n_column; j++) {
                struct wijk_series one = series_of(c, t, row, s, &s->column[j], release);
                one.load = none;
                series[out->n_series++] = one;
            }
            wijk_room_rest(c->room);
        }
    }
    out->n_areas = c->n_table;
    out->areas = areas;
    out->area_row = area_row;
    out->defines = is_list;
    out->series = series;
    out->room = c->room;
}
