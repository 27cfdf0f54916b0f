/* SPDX-License-Identifier: EUPL-1.2 */
/* Runs the case files of tests/import/: each names a source and a small invented file, and says what has to
 * come out. tests/import/README.md explains the words. */
#include "harness.h"

#include <math.h>

static const char *root;
static const char *case_dir;
static size_t n_case;

enum { WORDS_MAX = 16 };
struct state {
    struct wijk_cx *cx;
    const struct wijk_defs *defs;
    const char *where;
    size_t line;
    const char *source, *file, *gemeente;
    int year;
    bool read;
    enum wijk_err err;
    const struct wijk_import_batch *batch;
    const struct wijk_import_batch *known; /* what names are looked up in; NULL none */
    size_t n_match;
    struct wijk_import_match match[8];
    struct wijk_import_joins joins;
};

static void wrong(const struct state *s, const char *what)
{
    fail_msg("%s:%zu: %s (fault: %s)", s->where, s->line, what, wijk_fault(s->cx));
}

/* Words parted by blanks; "..." keeps blanks. Returns how many. */
static size_t split(char *line, char *word[WORDS_MAX])
{
    size_t n = 0;
    for (char *p = line; *p && n < WORDS_MAX;) {
        while (*p == ' ') p++;
        if (!*p || *p == '#') break;
        char end = *p == '"' ? '"' : ' ';
        if (end == '"') p++;
        word[n++] = p;
        while (*p && *p != end) p++;
        if (*p) *p++ = '\0';
    }
    return n;
}

static enum wijk_err known_areas(void *self, struct wijk_cx *cx, enum wijk_level level, int division_year,
                                 const struct wijk_areas **out)
{
    const struct state *s = self;
    for (size_t i = 0; s->known && i < s->known->n_areas; i++) {
        *out = &s->known->areas[i];
        if ((*out)->level == level && (*out)->division_year == division_year) return WIJK_OK;
    }
    struct wijk_areas *none = WIJK_NEW(cx, struct wijk_areas, 1);
    *none = (struct wijk_areas){.level = level, .division_year = division_year};
    *out = none;
    return WIJK_OK;
}

static void run(struct state *s)
{
    if (s->read) return;
    s->read = true;
    s->joins = (struct wijk_import_joins){0};
    struct wijk_import_known known = {known_areas, s};
    struct wijk_import_in in = {.defs = s->defs,
                                .source = wijk_defs_source(s->defs, s->source),
                                .path = s->file,
                                .year = s->year,
                                .gemeente = s->gemeente,
                                .known = &known,
                                .n_match = s->n_match,
                                .match = s->match,
                                .joins = &s->joins};
    if (!in.source) wrong(s, "no such source");
    n_case++;
    s->err = wijk_import_read(s->cx, in, &s->batch);
}

static const struct wijk_import_batch *good(struct state *s)
{
    run(s);
    if (s->err != WIJK_OK) wrong(s, "the file was refused");
    return s->batch;
}

static const struct wijk_areas *find_area(struct state *s, const char *code, size_t *at)
{
    const struct wijk_import_batch *b = good(s);
    for (size_t k = 0; k < b->n_areas; k++) {
        *at = area_at(&b->areas[k], code);
        if (*at != SIZE_MAX) return &b->areas[k];
    }
    wrong(s, "area not there");
    return NULL;
}

/* area CODE NAME [parent CODE] [division YEAR] [residents N] [row N] [geometry yes|no] */
static void check_area(struct state *s, char **word, size_t n)
{
    size_t at;
    const struct wijk_areas *a = find_area(s, word[1], &at);
    const struct wijk_area *v = &a->v[at];
    if (strcmp(v->name, word[2]) != 0) wrong(s, v->name);
    for (size_t i = 3; i + 1 < n; i += 2) {
        const char *key = word[i], *want = word[i + 1];
        bool same = false;
        if (strcmp(key, "parent") == 0) same = strcmp(v->parent ? v->parent : "-", want) == 0;
        if (strcmp(key, "division") == 0) same = a->division_year == (int)strtol(want, NULL, 10);
        if (strcmp(key, "geometry") == 0) same = (v->geom != NULL) == (want[0] == 'y');
        if (strcmp(key, "residents") == 0)
            same = want[0] == '-' ? isnan(v->residents) : v->residents == strtod(want, NULL);
        if (!same) wrong(s, wijk_sprintf(s->cx, "%s is not %s", key, want));
    }
}

/* value INDICATOR PERIOD CODE NUMBER|missing|suppressed|... [row N] */
static void check_value(struct state *s, char **word, size_t n)
{
    size_t at;
    const struct wijk_areas *a = find_area(s, word[3], &at);
    const struct wijk_series *series = series_of(s->batch, word[1], word[2], a->level);
    if (!series) wrong(s, "no such series");
    assert_int_equal(series->n, a->n);
    enum wijk_status status;
    if (!wijk_status_parse(wijk_str(word[4]), &status)) {
        if (series->status[at] != WIJK_STATUS_OK || fabs(series->value[at] - strtod(word[4], NULL)) > 1e-12)
            wrong(s, wijk_sprintf(s->cx, "value is %g, status %s", series->value[at],
                                  wijk_status_id(series->status[at])));
    } else if (series->status[at] != status || !isnan(series->value[at])) {
        wrong(s, wijk_status_id(series->status[at]));
    }
    if (n > 6 && series->row[at] != (uint32_t)strtol(word[6], NULL, 10)) wrong(s, "row differs");
}

/* counts ROWS TAKEN REFUSED FLAGGED */
static void check_counts(struct state *s, char **word)
{
    const struct wijk_load *l = &good(s)->load;
    uint64_t got[4] = {l->rows, l->taken, l->refused, l->flagged};
    for (int i = 0; i < 4; i++)
        if (got[i] != (uint64_t)strtol(word[i + 1], NULL, 10))
            wrong(s, wijk_sprintf(s->cx, "counts are %d %d %d %d", (int)got[0], (int)got[1], (int)got[2],
                                  (int)got[3]));
}

/* refused|flagged LINE COLUMN PART-OF-REASON */
static void check_finding(struct state *s, char **word)
{
    const struct wijk_load *l = &good(s)->load;
    enum wijk_finding_kind kind = word[0][0] == 'r' ? WIJK_FINDING_REFUSED : WIJK_FINDING_FLAGGED;
    for (size_t i = 0; i < l->n_finding; i++) {
        const struct wijk_finding *f = &l->finding[i];
        const char *column = *f->column ? f->column : "-";
        if (f->kind == kind && f->line == (uint64_t)strtol(word[1], NULL, 10) &&
            strcmp(column, word[2]) == 0 && strstr(f->reason, word[3]) && *f->cure)
            return;
    }
    for (size_t i = 0; i < l->n_finding; i++)
        print_message("  %llu %s: %s [%s]\n", (unsigned long long)l->finding[i].line, l->finding[i].column,
                      l->finding[i].reason, l->finding[i].cure);
    wrong(s, "no such finding");
}

/* fails EDATA PART-OF-SENTENCE */
static void check_fails(struct state *s, char **word)
{
    run(s);
    if (strcmp(wijk_err_name(s->err), word[1]) != 0) wrong(s, wijk_err_name(s->err));
    if (!strstr(wijk_fault(s->cx), word[2])) wrong(s, "the sentence differs");
}

static void check_unknown(struct state *s, const char *column)
{
    const struct wijk_import_batch *b = good(s);
    for (size_t i = 0; i < b->n_unknown; i++)
        if (strcmp(b->unknown_column[i], column) == 0) return;
    wrong(s, "this column is not listed as unknown");
}

/* column INDICATOR PERIOD|- SCALE NAME [ROWS] */
static void check_column(struct state *s, char **word, size_t n)
{
    const struct wijk_import_batch *b = good(s);
    for (size_t i = 0; i < b->n_column; i++) {
        const struct wijk_load_column *l = &b->column[i];
        char period[16] = "-";
        if (l->period.year) wijk_period_write(l->period, period);
        if (strcmp(l->indicator, word[1]) == 0 && strcmp(period, word[2]) == 0 &&
            l->scale == strtod(word[3], NULL) && strcmp(l->column, word[4]) == 0 &&
            strcmp(l->rows, n > 5 ? word[5] : "") == 0)
            return;
    }
    wrong(s, "this figure did not come from that column");
}

/* joined LINE NAME WAY CODE */
static void check_joined(struct state *s, char **word)
{
    run(s);
    for (size_t i = 0; i < s->joins.n; i++) {
        const struct wijk_import_join *j = &s->joins.v[i];
        if (j->line == (uint64_t)strtol(word[1], NULL, 10) && strcmp(j->name, word[2]) == 0 &&
            strcmp(wijk_name_way_id(j->way), word[3]) == 0 && strcmp(*j->code ? j->code : "-", word[4]) == 0)
            return;
    }
    for (size_t i = 0; i < s->joins.n; i++)
        print_message("  %llu %s: %s %s\n", (unsigned long long)s->joins.v[i].line, s->joins.v[i].name,
                      wijk_name_way_id(s->joins.v[i].way), s->joins.v[i].code);
    wrong(s, "no such join");
}

static void start_file(struct state *s, const char *dir, const char *name)
{
    s->file = wijk_sprintf(s->cx, "%s/%s", dir, name);
    s->read = false;
    s->year = 0;
    s->gemeente = NULL;
    s->n_match = 0;
}

static void obey(struct state *s, const char *dir, char **word, size_t n)
{
    const char *verb = word[0];
    static const struct {
        const char *verb;
        size_t words;
    } NEED[] = {{"source", 2},  {"file", 2},   {"year", 2},    {"gemeente", 2}, {"area", 3},
                {"value", 5},   {"counts", 5}, {"refused", 4}, {"flagged", 4},  {"fails", 3},
                {"unknown", 2}, {"known", 1},  {"match", 3},   {"joined", 5},   {"column", 5}};
    size_t k = 0;
    while (k < sizeof NEED / sizeof *NEED && strcmp(NEED[k].verb, verb) != 0) k++;
    if (k == sizeof NEED / sizeof *NEED || n < NEED[k].words) wrong(s, "this line is not understood");
    if (k == 1)
        start_file(s, dir, word[1]);
    else if (k == 0)
        s->source = wijk_str_dup(s->cx, wijk_str(word[1]));
    else if (k == 2)
        s->year = (int)strtol(word[1], NULL, 10);
    else if (k == 3)
        s->gemeente = wijk_str_dup(s->cx, wijk_str(word[1]));
    else if (k == 4)
        check_area(s, word, n);
    else if (k == 5)
        check_value(s, word, n);
    else if (k == 6)
        check_counts(s, word);
    else if (k == 7 || k == 8)
        check_finding(s, word);
    else if (k == 9)
        check_fails(s, word);
    else if (k == 10)
        check_unknown(s, word[1]);
    else if (k == 11)
        s->known = good(s);
    else if (k == 12 && s->n_match < sizeof s->match / sizeof *s->match)
        s->match[s->n_match++] = (struct wijk_import_match){wijk_str_dup(s->cx, wijk_str(word[1])),
                                                            wijk_str_dup(s->cx, wijk_str(word[2])),
                                                            n > 3 ? (uint64_t)strtol(word[3], NULL, 10) : 0};
    else if (k == 13)
        check_joined(s, word);
    else
        check_column(s, word, n);
}

static void run_case_file(const char *dir, const char *name)
{
    struct state s = {.cx = wijk_cx_new(WIJK_NL)};
    struct wijk_str text;
    s.where = wijk_sprintf(s.cx, "%s/%s", dir, name);
    s.defs = read_defs(s.cx, root, NULL);
    if (wijk_file_read(s.cx, s.where, 1 << 20, &text) != WIJK_OK) fail_msg("%s", wijk_fault(s.cx));
    char *all = wijk_str_dup(s.cx, text);
    for (char *p = all; *p;) {
        char *end = p + strcspn(p, "\n"), *word[WORDS_MAX];
        bool last = !*end;
        *end = '\0';
        s.line++;
        size_t n = split(p, word);
        if (n) obey(&s, dir, word, n);
        p = last ? end : end + 1;
    }
    wijk_cx_end(s.cx);
}

static void test_case_files(void **state)
{
    (void)state;
    DIR *top = opendir(case_dir);
    assert_non_null(top);
    for (const struct dirent *e; (e = readdir(top));) {
        char dir[4096];
        if (e->d_name[0] == '.') continue;
        snprintf(dir, sizeof dir, "%s/%s", case_dir, e->d_name);
        DIR *d = opendir(dir);
        if (!d) continue;
        for (const struct dirent *f; (f = readdir(d));) {
            size_t n = strlen(f->d_name);
            if (n > 5 && strcmp(f->d_name + n - 5, ".case") == 0) run_case_file(dir, f->d_name);
        }
        closedir(d);
    }
    closedir(top);
    assert_true(n_case > 10); /* an empty folder must not pass for a good one */
}

int main(int argc, char **argv)
{
    if (argc < 2) return 2;
    root = argv[1];
    static char dir[4096];
    snprintf(dir, sizeof dir, "%s/tests/import", root);
    case_dir = dir;
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_case_files)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
