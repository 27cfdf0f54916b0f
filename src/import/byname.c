/* SPDX-License-Identifier: EUPL-1.2 */
/* Files that name their areas instead of giving codes. A name that is the same as one known area's joins, and
 * so does what a person confirmed; everything else becomes a proposal. Afterwards the joined areas are held
 * against what is known of them: a bad join shows in the number of residents. */
#include "import/mapper.h"

#include <math.h>
#include <string.h>

/* A file with a residents column and a known area may differ this much before it is worth a remark: figures
 * are of other years, and small areas grow fast. */
static const double RATIO_MAX = 2, COVERAGE_MIN = 0.9;
enum { RESIDENTS_MIN = 200 };

struct pair {
    const struct wijk_area *area;
    uint64_t line;
    double residents; /* in the file; NAN not given */
};
/* A name met before and what it came to; long tables repeat their names. */
struct seen {
    struct wijk_str name;
    enum wijk_name_way way;
    size_t n;
    struct wijk_name_hit hit[WIJK_NAME_HITS];
};
enum { SEEN_MAX = WIJK_FINDINGS_KEPT, SLOTS = 1 << 15 };

struct wijk__by_name {
    struct wijk_cx *cx;
    const struct wijk_import_in *in;
    const char *gemeente; /* NULL: a list of gemeenten */
    int division_year;
    enum wijk_level level; /* finest looked in */
    size_t n_list;
    const struct wijk_areas *list[3];
    bool *joined[3]; /* per area of list */
    struct wijk_names *names;
    bool repeats; /* a name stands in many rows by design: it is told once */
    size_t *slot; /* SLOTS, open addressing: index of seen + 1 */
    size_t n_seen, cap_seen;
    struct seen *seen;
    size_t n_pair, cap_pair;
    struct pair *pair;
};

static enum wijk_err read_list(struct wijk__by_name *by, enum wijk_level level)
{
    const struct wijk_areas *areas;
    const struct wijk_import_known *known = by->in->known;
    WIJK_TRY(known->areas(known->self, by->cx, level, by->division_year, &areas));
    by->joined[by->n_list] = WIJK_NEW(by->cx, bool, areas->n);
    by->list[by->n_list++] = areas;
    return WIJK_OK;
}

enum wijk_err wijk__by_name_open(struct wijk_cx *cx, const struct wijk__mapper_in *how, int division_year,
                                 struct wijk__by_name **out)
{
    static const enum wijk_level ALL[] = {WIJK_LEVEL_GEMEENTE, WIJK_LEVEL_WIJK, WIJK_LEVEL_BUURT};
    const struct wijk__map_file *f = how->file;
    struct wijk__by_name *by = WIJK_NEW(cx, struct wijk__by_name, 1);
    *by = (struct wijk__by_name){.cx = cx,
                                 .in = how->in,
                                 .gemeente = how->in->gemeente ? how->in->gemeente : f->gemeente,
                                 .division_year = division_year,
                                 .level = f->level_by_code ? WIJK_LEVEL_BUURT : f->level,
                                 .repeats = f->period.kind == WIJK__WHEN_COLUMN || f->long_form,
                                 .slot = WIJK_NEW(cx, size_t, SLOTS)};
    if (!how->in->known)
        return wijk_fail(cx, WIJK_EUSAGE,
                         "%s heeft namen en geen codes; daarvoor is een bestand met gebieden nodig.",
                         how->label);
    if (by->level != WIJK_LEVEL_GEMEENTE && !by->gemeente)
        return how->in->on_page
                   ? wijk_fail(cx, WIJK_EUSAGE,
                               "%s heeft namen en geen codes. Vul de gemeente in, zoals GM0014.", how->label)
                   : wijk_fail(cx, WIJK_EUSAGE,
                               "%s heeft namen en geen codes. Geef de gemeente mee, zoals --gemeente GM0014.",
                               how->label);
    for (size_t i = 0; i < 3; i++)
        if (f->level_by_code || f->level == ALL[i]) WIJK_TRY(read_list(by, ALL[i]));
    by->names = wijk_names_build(cx, by->list, by->n_list, by->gemeente);
    if (wijk_names_count(by->names) == 0)
        return wijk_fail(
            cx, WIJK_EDATA,
            "%s heeft namen en geen codes, en van de indeling van %d zijn die gebieden nog niet geladen. %s",
            how->label, division_year,
            how->in->on_page
                ? wijk_tr(cx, "Laad eerst de gebieden, of vul het jaar in van een indeling die er is.")
                : wijk_tr(cx, "Laad eerst de gebieden, of kies met --year een indeling die er is."));
    *out = by;
    return WIJK_OK;
}

/* ---- one name ---- */

static bool find_code(const struct wijk__by_name *by, const char *code, struct wijk_name_hit *hit)
{
    for (size_t k = 0; k < by->n_list; k++)
        for (size_t i = 0; i < by->list[k]->n; i++)
            if (strcmp(by->list[k]->v[i].code, code) == 0) {
                *hit = (struct wijk_name_hit){&by->list[k]->v[i], by->list[k]->level, 1};
                return true;
            }
    return false;
}

/* What a person said of this name; of this very row before any row. */
static const char *confirmed(const struct wijk__by_name *by, struct wijk_str name, uint64_t line)
{
    const char *anywhere = NULL;
    for (size_t i = 0; i < by->in->n_match; i++) {
        const struct wijk_import_match *m = &by->in->match[i];
        if (!wijk_str_eq(wijk_str_trim(wijk_str(m->name)), name)) continue;
        if (m->line == line) return m->code;
        if (m->line == 0) anywhere = m->code;
    }
    return anywhere;
}

static void tell(const struct wijk__by_name *by, struct wijk_str name, uint64_t line, enum wijk_name_way way,
                 const struct wijk_name_hit *hit)
{
    struct wijk_import_joins *j = by->in->joins;
    if (!j || j->n == WIJK_FINDINGS_KEPT) return;
    j->v = wijk_grow(by->cx, j->v, j->n, &j->cap, sizeof *j->v);
    j->v[j->n++] = (struct wijk_import_join){.line = line,
                                             .name = wijk_str_dup(by->cx, name),
                                             .way = way,
                                             .code = hit ? hit->area->code : "",
                                             .area = hit ? hit->area->name : "",
                                             .score = hit ? hit->score : 0};
}

static size_t *slot_of(const struct wijk__by_name *by, struct wijk_str name)
{
    size_t at = (size_t)wijk_hash64(name.p, name.n, 0) & (SLOTS - 1);
    while (by->slot[at] && !wijk_str_eq(by->seen[by->slot[at] - 1].name, name)) at = (at + 1) & (SLOTS - 1);
    return &by->slot[at];
}

/* What the name itself says, without a person. */
static struct seen look_up(struct wijk__by_name *by, struct wijk_cx *row_cx, struct wijk_str name,
                           bool *again)
{
    size_t *slot = slot_of(by, name);
    *again = *slot != 0;
    if (*slot) return by->seen[*slot - 1];
    struct seen s = {.name = name};
    s.way = wijk_names_find(row_cx, by->names, name, s.hit, &s.n);
    if (by->n_seen == SEEN_MAX) return s;
    s.name = wijk_str(wijk_str_dup(by->cx, name));
    by->seen = wijk_grow(by->cx, by->seen, by->n_seen, &by->cap_seen, sizeof *by->seen);
    by->seen[by->n_seen++] = s;
    *slot = by->n_seen;
    return s;
}

enum wijk_name_way wijk__by_name_find(struct wijk__by_name *by, struct wijk_cx *row_cx, struct wijk_str name,
                                      uint64_t line, struct wijk__by_name_hit *out)
{
    name = wijk_str_trim(name);
    struct seen s = look_up(by, row_cx, name, &out->again);
    const char *code = confirmed(by, name, line);
    if (code) {
        s.n = find_code(by, code, &s.hit[0]) ? 1 : 0;
        s.way = s.n ? WIJK_NAME_CONFIRMED : WIJK_NAME_NONE;
    }
    out->n = s.n;
    memcpy(out->hit, s.hit, sizeof s.hit);
    if (by->repeats && out->again) return s.way;
    uint64_t told = by->repeats ? 0 : line;
    for (size_t i = 0; i < s.n; i++) tell(by, name, told, s.way, &s.hit[i]);
    if (s.n == 0) tell(by, name, told, s.way, NULL);
    return s.way;
}

void wijk__by_name_joined(struct wijk__by_name *by, const struct wijk_area *area, uint64_t line,
                          double residents)
{
    for (size_t k = 0; k < by->n_list; k++) {
        const struct wijk_areas *list = by->list[k];
        if (area < list->v || area >= list->v + list->n) continue;
        size_t at = (size_t)(area - list->v);
        if (by->joined[k][at]) return; /* of a long table the first row is looked at */
        by->joined[k][at] = true;
        by->pair = wijk_grow(by->cx, by->pair, by->n_pair, &by->cap_pair, sizeof *by->pair);
        by->pair[by->n_pair++] = (struct pair){area, line, residents};
        return;
    }
}

/* ---- all of them ---- */

static bool differ(double a, double b)
{
    return fabs(a - b) > RESIDENTS_MIN && (a > RATIO_MAX * b || b > RATIO_MAX * a);
}

/* Residents of the known areas of one level in the gemeente, and of those among them that were joined. */
static void sum_level(const struct wijk__by_name *by, size_t k, double *all, double *got)
{
    const struct wijk_areas *areas = by->list[k];
    char own[WIJK_CODE_MAX];
    *all = *got = 0;
    for (size_t i = 0; i < areas->n; i++) {
        const struct wijk_area *a = &areas->v[i];
        if (isnan(a->residents)) continue;
        if (by->gemeente && (!wijk_code_gemeente(a->code, own) || strcmp(own, by->gemeente) != 0)) continue;
        *all += a->residents;
        if (by->joined[k][i]) *got += a->residents;
    }
}

static void check_coverage(struct wijk__by_name *by, size_t k, struct wijk__findings *found)
{
    double all, got;
    sum_level(by, k, &all, &got);
    if (got == 0 || all == 0 || got >= COVERAGE_MIN * all) return;
    const char *many = wijk_tr(by->cx, wijk_level_label(by->list[k]->level, true));
    wijk__finding_add(
        found, WIJK_FINDING_FLAGGED, 0, WIJK_STR(""),
        wijk_sprintf(by->cx,
                     wijk_tr(by->cx, "De gekoppelde %s hebben samen %s%% van de inwoners die bekend zijn."),
                     many, wijk_num_people(by->cx, 100 * got / all, 0)),
        wijk_tr(by->cx, "Bekijk welke namen niet gekoppeld zijn; een som over het geheel klopt zo niet."));
}

uint64_t wijk__by_name_check(struct wijk__by_name *by, struct wijk__findings *found)
{
    uint64_t flagged = 0;
    for (size_t i = 0; i < by->n_pair; i++) {
        const struct pair *p = &by->pair[i];
        double known = p->area->residents;
        if (isnan(p->residents) || isnan(known) || !differ(p->residents, known)) continue;
        flagged++;
        wijk__finding_add(
            found, WIJK_FINDING_FLAGGED, p->line, WIJK_STR(""),
            wijk_sprintf(by->cx,
                         wijk_tr(by->cx, "%s (%s): %s inwoners in dit bestand en %s in de indeling van %d."),
                         p->area->name, p->area->code, wijk_num_people(by->cx, p->residents, 0),
                         wijk_num_people(by->cx, known, 0), by->division_year),
            by->in->on_page
                ? wijk_tr(by->cx,
                          "Kijk of de naam bij dit gebied hoort; zo niet, zet de goede code in het bestand.")
                : wijk_tr(by->cx,
                          "Kijk of de naam bij dit gebied hoort; zo niet, geef de goede code met --match."));
    }
    for (size_t k = 0; k < by->n_list; k++) check_coverage(by, k, found);
    return flagged;
}
