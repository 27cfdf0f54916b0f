/* SPDX-License-Identifier: EUPL-1.2 */
/* Do the figures of buurten or wijken belong to their gemeente? A publisher that lays figures by the codes of
 * one year over areas of another gives buurten that hold next to nothing of their gemeente's total. Those
 * figures are of other places, and a zero among them is no zero; so all of them are taken out. */
#include "import/mapper.h"

#include <math.h>
#include <string.h>

static bool has_value(uint8_t status)
{
    return wijk_status_valued((enum wijk_status)status);
}

static struct wijk__column *column_of(struct wijk__slot *s, const struct wijk_indicator *indicator)
{
    for (size_t i = 0; s && i < s->n_column; i++)
        if (s->column[i].indicator == indicator) return &s->column[i];
    return NULL;
}

static struct wijk__slot *slot_of(struct wijk__table *t, struct wijk_period period)
{
    for (size_t i = 0; i < t->n_slot; i++)
        if (wijk_period_key(t->slot[i].period) == wijk_period_key(period)) return &t->slot[i];
    return NULL;
}

static struct wijk__table *table_of(const struct wijk__collect *c, enum wijk_level level, int division_year)
{
    for (size_t i = 0; i < c->n_table; i++)
        if (c->table[i]->level == level && c->table[i]->division_year == division_year) return c->table[i];
    return NULL;
}

static bool is_part(const struct wijk__table *t, size_t i, const char *gemeente)
{
    char own[WIJK_CODE_MAX];
    return wijk_code_gemeente(t->area[i].code, own) && strcmp(own, gemeente) == 0;
}

/* The sum of the parts; false when the file has none with a figure. */
static bool sum_parts(const struct wijk__table *parts, const struct wijk__column *col, const char *gemeente,
                      double *sum)
{
    bool any = false;
    *sum = 0;
    for (size_t i = 0; i < parts->n && i < col->cap; i++) {
        if (!has_value(col->status[i]) || !is_part(parts, i, gemeente)) continue;
        *sum += col->value[i];
        any = true;
    }
    return any;
}

static void take_out(const struct wijk__table *parts, struct wijk__column *col, const char *gemeente,
                     enum wijk_status status)
{
    for (size_t i = 0; i < parts->n && i < col->cap; i++) {
        if (!is_part(parts, i, gemeente)) continue;
        col->value[i] = NAN;
        col->status[i] = (uint8_t)status;
    }
}

static void tell(struct wijk__findings *found, const struct wijk__map_share *share, uint32_t row,
                 const char *gemeente, struct wijk_period period, double sum, double whole)
{
    struct wijk_cx *cx = found->cx;
    char when[16], a[32], b[32];
    wijk_period_write(period, when);
    a[wijk_num_write(round(sum), a)] = '\0';
    b[wijk_num_write(round(whole), b)] = '\0';
    wijk__finding_add(found, WIJK_FINDING_FLAGGED, row, WIJK_STR(""),
                      wijk_sprintf(cx, wijk_tr(cx, "%s, %s: de %s tellen samen %s van de %s. %s"), gemeente,
                                   when, wijk_tr(cx, wijk_level_label(share->parts, true)), a, b,
                                   share->reason),
                      wijk_tr(cx, "Vraag de bron om cijfers op de indeling van dit bestand."));
}

uint64_t wijk__share_check(struct wijk__collect *c, const struct wijk__map_share *share,
                           struct wijk__findings *found)
{
    uint64_t flagged = 0;
    for (size_t k = 0; k < c->n_table; k++) {
        struct wijk__table *whole = c->table[k];
        if (whole->level != WIJK_LEVEL_GEMEENTE) continue;
        struct wijk__table *parts = table_of(c, share->parts, whole->division_year);
        if (!parts) continue;
        for (size_t i = 0; i < whole->n; i++) {
            bool told = false;
            for (size_t s = 0; s < whole->n_slot; s++) {
                struct wijk__slot *slot = &whole->slot[s];
                struct wijk__column *own = column_of(slot, share->indicator);
                struct wijk__column *col = column_of(slot_of(parts, slot->period), share->indicator);
                const char *gemeente = whole->area[i].code;
                double sum;
                if (!own || !col || i >= own->cap || !has_value(own->status[i])) continue;
                if (!sum_parts(parts, col, gemeente, &sum) || sum >= share->least * own->value[i]) continue;
                take_out(parts, col, gemeente, share->otherwise);
                tell(found, share, slot->row[i], gemeente, slot->period, sum, own->value[i]);
                told = true;
            }
            flagged += told;
        }
    }
    return flagged;
}
