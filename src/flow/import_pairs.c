/* SPDX-License-Identifier: EUPL-1.2 */
/* Importing a table of codes: one crosswalk from each older division that the store has in the years of the
 * definition, to the newer one. All of them, and the load, in one transaction. */
#include "flow/flow_int.h"

#include <string.h>

enum { YEARS_MOST = 128 };
struct job {
    const struct wijk_flow_import_in *in;
    const struct wijk_import_pairs *pairs;
    struct wijk_flow_import_out *out;
    const char *gemeente;
    int to_year, n_from, from_year[YEARS_MOST];
};

/* The divisions of the store that the table speaks of: every older one, and the first newer one. */
static enum wijk_err find_years(struct wijk_cx *cx, struct wijk_store *store, struct job *job)
{
    const struct wijk_import_pairs *p = job->pairs;
    const char *many = wijk_tr(cx, wijk_level_label(p->level, true));
    for (int year = p->to_first; year <= p->to_last && !job->to_year; year++) {
        const struct wijk_areas *areas;
        WIJK_TRY(wijk_store_read_areas(cx, store, p->level, year, false, &areas));
        if (areas->n) job->to_year = year;
    }
    for (int year = p->from_first; year <= p->from_last && job->n_from < YEARS_MOST; year++) {
        const struct wijk_areas *areas;
        if (job->to_year && year >= job->to_year) break;
        WIJK_TRY(wijk_store_read_areas(cx, store, p->level, year, false, &areas));
        if (areas->n) job->from_year[job->n_from++] = year;
    }
    bool old = job->n_from == 0;
    if (!old && job->to_year) return WIJK_OK;
    return wijk_fail(
        cx, WIJK_EDATA, "%s: er zijn nog geen %s in een indeling van %d tot en met %d. Laad die eerst.",
        p->load.file_name, many, old ? p->from_first : p->to_first, old ? p->from_last : p->to_last);
}

/* Were all of them made of this very file? */
static enum wijk_err made_before(struct wijk_cx *cx, struct wijk_store *store, const struct job *job,
                                 bool *all)
{
    const struct wijk_crosswalk_kept *k;
    size_t n;
    int found = 0;
    WIJK_TRY(wijk_store_read_crosswalks(cx, store, &k, &n));
    for (size_t i = 0; i < n; i++)
        for (int y = 0; y < job->n_from; y++)
            found += k[i].level == job->pairs->level && k[i].from_year == job->from_year[y] &&
                     k[i].to_year == job->to_year && strcmp(k[i].gemeente, job->gemeente) == 0 &&
                     strcmp(k[i].sha256, job->pairs->load.sha256) == 0;
    *all = found == job->n_from;
    return WIJK_OK;
}

static int by_line(const struct wijk_finding *v, size_t n, uint64_t line)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].line == line) return 1;
    return 0;
}

/* A row counts as refused when one of the divisions did not take it. */
static void add_refused(struct wijk_cx *cx, struct wijk_load *load, const struct wijk_flow_crossed *c)
{
    struct wijk_finding *v = WIJK_NEW(cx, struct wijk_finding, load->n_finding + c->n_refused);
    size_t n = load->n_finding;
    if (n) memcpy(v, load->finding, n * sizeof *v);
    for (size_t i = 0; i < c->n_refused && n < WIJK_FINDINGS_KEPT; i++) {
        load->refused += !by_line(v, n, c->refused[i].line);
        v[n++] = c->refused[i];
    }
    load->finding = v;
    load->n_finding = n;
}

static enum wijk_err make_all(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct job *job = arg;
    struct wijk_load *load = &job->out->load;
    for (int y = 0; y < job->n_from; y++) {
        struct wijk_flow_cross which = {job->pairs->level, job->from_year[y], job->to_year, job->gemeente,
                                        job->in->now};
        const struct wijk_flow_crossed *c;
        WIJK_TRY(wijk__flow_cross_pairs(cx, store, &which, job->pairs, !job->in->dry_run, &c));
        add_refused(cx, load, c);
        if (c->to->n > job->out->n_area) job->out->n_area = c->to->n;
    }
    load->taken = load->rows > load->refused ? load->rows - load->refused : 0;
    job->out->n_crosswalk = (size_t)job->n_from;
    if (job->in->dry_run) return WIJK_OK;
    WIJK_TRY(wijk_store_save_defs(cx, store, job->in->defs));
    if (job->in->own) WIJK_TRY(wijk_store_save_own_source(cx, store, job->in->own));
    return wijk_store_save_load(cx, store, load);
}

enum wijk_err wijk__flow_import_pairs(struct wijk_cx *cx, struct wijk_store *store,
                                      const struct wijk_flow_import_in *in, const struct wijk_import_in *read,
                                      struct wijk_flow_import_out *out)
{
    struct job job = {.in = in, .out = out};
    const struct wijk_load *earlier;
    bool all;
    WIJK_TRY(wijk_import_pairs(cx, *read, &job.pairs));
    out->load = job.pairs->load;
    if (in->retrieved) out->load.retrieved = in->retrieved;
    out->load.url = in->url ? in->url : "";
    char *now = WIJK_NEW(cx, char, 24);
    wijk_time_write(in->now, now);
    out->load.loaded_at = now;
    job.gemeente = in->gemeente ? in->gemeente : job.pairs->gemeente;
    WIJK_TRY(find_years(cx, store, &job));
    WIJK_TRY(made_before(cx, store, &job, &all));
    WIJK_TRY(wijk_store_find_load(cx, store, read->source->id, read->sha256, &earlier));
    if (all && earlier) {
        out->load = *earlier;
        out->already = true;
        return WIJK_OK;
    }
    return in->dry_run ? make_all(cx, store, &job) : wijk_store_in_transaction(cx, store, make_all, &job);
}
