/* SPDX-License-Identifier: EUPL-1.2 */
/* The import recipe: read a file, check its codes against the store, lay its values over what is there,
 * compute the scores anew, keep it all in one transaction. */
#include "flow/flow_int.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { STRANGERS_NAMED = 5 };
enum { SERIES_AT_ONCE = 64 }; /* held in memory of those that are read */
#define TO_ADD (SIZE_MAX - 1) /* an area that gets its place once it is saved */

/* The batch's areas of one level and division beside those of the store. */
struct match {
    const struct wijk_areas *batch;
    size_t n_store;   /* areas in the store once the new ones are added  */
    size_t *to_store; /* batch index -> area order; SIZE_MAX = refused   */
};
struct job {
    const struct wijk_flow_import_in *in;
    const struct wijk_import_batch *batch;
    struct wijk_flow_import_out *out;
    struct match *match; /* batch->n_areas */
    struct wijk__touched touched;
    size_t n_kept; /* areas of the file that the store has or takes in */
    size_t n_finding, cap_finding;
    struct wijk_finding *finding;
};

static void add_finding(struct wijk_cx *cx, struct job *job, struct wijk_finding f)
{
    if (job->n_finding >= WIJK_FINDINGS_KEPT) return;
    job->finding = wijk_grow(cx, job->finding, job->n_finding, &job->cap_finding, sizeof *job->finding);
    job->finding[job->n_finding++] = f;
}

/* Is this division known for the code's gemeente (or, for levels without one, known at all)? */
static bool division_known(const struct wijk_areas *store, const char *code)
{
    char gemeente[WIJK_CODE_MAX], other[WIJK_CODE_MAX];
    if (!wijk_code_gemeente(code, gemeente)) return store->n > 0;
    for (size_t i = 0; i < store->n; i++)
        if (wijk_code_gemeente(store->v[i].code, other) && strcmp(other, gemeente) == 0) return true;
    return false;
}

static void refuse_unknown(struct wijk_cx *cx, struct job *job, size_t k, size_t i,
                           const struct wijk_areas *store)
{
    const struct wijk_areas *batch = &job->batch->areas[k];
    const char *like = wijk_area_suggest(store, batch->v[i].code);
    add_finding(cx, job,
                (struct wijk_finding){
                    .kind = WIJK_FINDING_REFUSED,
                    .line = job->batch->area_row[k][i],
                    .column = "",
                    .reason = wijk_sprintf(cx, wijk_tr(cx, "De code %s bestaat niet in de indeling van %d."),
                                           batch->v[i].code, batch->division_year),
                    .cure = like ? wijk_sprintf(cx, wijk_tr(cx, "Bedoelt u %s?"), like) : "",
                });
    job->out->load.refused++;
    if (job->out->load.taken) job->out->load.taken--;
}

/* Areas that nobody announced, of gemeenten that the store has nothing else of: most often a slip of the pen
 * in the codes, or a file of the whole country where one gemeente was meant. */
struct strangers {
    size_t n, n_gemeente;
    char gemeente[STRANGERS_NAMED][WIJK_CODE_MAX];
};

static void meet(struct strangers *s, const char *code)
{
    char of[WIJK_CODE_MAX];
    s->n++;
    if (!wijk_code_gemeente(code, of)) return;
    for (size_t i = 0; i < s->n_gemeente && i < STRANGERS_NAMED; i++)
        if (strcmp(s->gemeente[i], of) == 0) return;
    if (s->n_gemeente < STRANGERS_NAMED) memcpy(s->gemeente[s->n_gemeente], of, sizeof of);
    s->n_gemeente++;
}

static void tell_strangers(struct wijk_cx *cx, struct job *job, const struct strangers *s, int year)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    for (size_t i = 0; i < s->n_gemeente && i < STRANGERS_NAMED; i++)
        wijk_buf_printf(&b, "%s%s", i ? ", " : "", s->gemeente[i]);
    if (s->n_gemeente > STRANGERS_NAMED) wijk_buf_printf(&b, ", …");
    add_finding(
        cx, job,
        (struct wijk_finding){
            .kind = WIJK_FINDING_FLAGGED,
            .column = "",
            .reason = wijk_sprintf(
                cx,
                wijk_tr(cx, "%zu gebieden horen bij een gemeente die niet in de store is (%s, indeling %d). "
                            "Ze worden als nieuwe gebieden opgenomen."),
                s->n, wijk_buf_cstr(&b), year),
            .cure = wijk_tr(cx, "Laad eerst de gebieden van die gemeente, verbeter de codes, of kies één "
                                "gemeente."),
        });
}

/* Would saving this area change what the store has? */
static bool is_change(const struct wijk_area *had, const struct wijk_area *a)
{
    bool name = a->name && *a->name && strcmp(had->name, a->name) != 0;
    bool parent = a->parent && (!had->parent || strcmp(had->parent, a->parent) != 0);
    return name || parent || a->geom || (!isnan(a->residents) && a->residents != had->residents);
}

/* Do scores depend on what changes in this area? */
static bool moves_scores(const struct wijk_area *had, const struct wijk_area *a)
{
    bool parent = a->parent && (!had->parent || strcmp(had->parent, a->parent) != 0);
    return parent || (!isnan(a->residents) && a->residents != had->residents);
}

static bool takes(const struct wijk_import_batch *batch, size_t k, size_t i, const struct wijk_areas *known,
                  const struct wijk_area_index *index)
{
    const char *code = batch->areas[k].v[i].code;
    return batch->defines[k] || wijk_area_find(index, code) != SIZE_MAX || !division_known(known, code);
}

/* A file of which nothing can be kept: known before anything is written. */
static enum wijk_err is_hopeless(struct wijk_cx *cx, struct wijk_store *store,
                                 const struct wijk_import_batch *batch, bool *hopeless)
{
    *hopeless = true;
    for (size_t k = 0; k < batch->n_areas && batch->load.taken; k++) {
        const struct wijk_areas *known;
        *hopeless = *hopeless && !(batch->defines[k] && batch->areas[k].n);
        if (!*hopeless) return WIJK_OK;
        WIJK_TRY(wijk_store_read_areas(cx, store, batch->areas[k].level, batch->areas[k].division_year, false,
                                       &known));
        const struct wijk_area_index *index = wijk_area_index(cx, known);
        for (size_t i = 0; i < batch->areas[k].n && *hopeless; i++)
            *hopeless = !takes(batch, k, i, known, index);
    }
    return WIJK_OK;
}

/* Refuses codes that a known division does not have, adds the others, and finds everyone's place in the area
 * order. */
static enum wijk_err match_areas(struct wijk_cx *cx, struct wijk_store *store, struct job *job, size_t k)
{
    const struct wijk_areas *batch = &job->batch->areas[k], *known, *after;
    struct match *m = &job->match[k];
    WIJK_TRY(wijk_store_read_areas(cx, store, batch->level, batch->division_year, false, &known));
    const struct wijk_area_index *index = wijk_area_index(cx, known);

    struct wijk_area *keep = WIJK_NEW(cx, struct wijk_area, batch->n);
    size_t n_keep = 0, n_new = 0;
    const bool whole = batch->level <= WIJK_LEVEL_GEMEENTE && known->n && !job->batch->defines[k];
    struct strangers strangers = {0};
    m->batch = batch;
    m->to_store = WIJK_NEW(cx, size_t, batch->n);
    for (size_t i = 0; i < batch->n; i++) {
        m->to_store[i] = wijk_area_find(index, batch->v[i].code);
        bool is_new = m->to_store[i] == SIZE_MAX;
        if (!takes(job->batch, k, i, known, index)) {
            refuse_unknown(cx, job, k, i, known);
            continue;
        }
        job->n_kept++;
        if (is_new && whole) meet(&strangers, batch->v[i].code);
        job->out->areas_new += is_new;
        n_new += is_new;
        if (is_new || moves_scores(&known->v[m->to_store[i]], &batch->v[i]))
            wijk__touch(cx, &job->touched, batch->level, batch->division_year, 0);
        if (is_new)
            m->to_store[i] = TO_ADD;
        else if (!is_change(&known->v[m->to_store[i]], &batch->v[i]))
            continue;
        keep[n_keep++] = batch->v[i];
    }
    m->n_store = known->n;
    if (strangers.n) tell_strangers(cx, job, &strangers, batch->division_year);
    if (!n_keep || job->in->dry_run) return WIJK_OK;
    struct wijk_areas kept = {batch->level, batch->division_year, n_keep, keep};
    WIJK_TRY(wijk_store_save_areas(cx, store, &kept));
    if (!n_new) return WIJK_OK;
    WIJK_TRY(wijk_store_read_areas(cx, store, batch->level, batch->division_year, false, &after));
    index = wijk_area_index(cx, after);
    m->n_store = after->n;
    for (size_t i = 0; i < batch->n; i++)
        if (m->to_store[i] == TO_ADD) m->to_store[i] = wijk_area_find(index, batch->v[i].code);
    return WIJK_OK;
}

static const struct match *match_of(const struct job *job, const struct wijk_series_key *key)
{
    for (size_t k = 0; k < job->batch->n_areas; k++) {
        const struct wijk_areas *a = job->match[k].batch;
        if (a->level == key->level && a->division_year == key->division_year) return &job->match[k];
    }
    return NULL;
}

static enum wijk_err lay_all(struct wijk_cx *cx, struct wijk_store *store, struct job *job,
                             struct wijk__lay *lay)
{
    const struct wijk_import_batch *b = job->batch;
    for (size_t i = 0; i < b->n_series; i++) {
        if (!wijk_progress_step(job->in->progress, b->load.file_name, i, b->n_series))
            return wijk_fail(cx, WIJK_ECANCEL, "%s: gestopt op verzoek; er is niets geladen.",
                             b->load.file_name);
        struct wijk_mark mark = wijk_cx_mark(cx);
        const struct match *m = match_of(job, &b->series[i].key);
        assert(m && b->series[i].n == m->batch->n);
        struct wijk__lay_in in = {.s = &b->series[i],
                                  .areas = m->batch,
                                  .place = m->to_store,
                                  .n_store = m->n_store,
                                  .load = job->out->load.id,
                                  .dry_run = job->in->dry_run};
        WIJK_TRY(wijk__lay_series(cx, store, lay, &in));
        if (i % SERIES_AT_ONCE == 0) wijk_room_rest(b->room);
        wijk_cx_rewind(cx, mark);
    }
    return WIJK_OK;
}

static void tell_differences(struct wijk_cx *cx, struct job *job, const struct wijk__lay *lay)
{
    size_t n;
    const struct wijk_finding *f = wijk__lay_findings(cx, lay, &n);
    for (size_t i = 0; i < n; i++) add_finding(cx, job, f[i]);
    job->out->load.finding = job->finding;
    job->out->load.n_finding = job->n_finding;
}

static enum wijk_err save_batch(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    struct job *job = arg;
    const struct wijk_import_batch *b = job->batch;
    for (size_t i = 0; i < b->load.n_finding; i++) add_finding(cx, job, b->load.finding[i]);
    job->match = WIJK_NEW(cx, struct match, b->n_areas);
    for (size_t k = 0; k < b->n_areas; k++) WIJK_TRY(match_areas(cx, store, job, k));
    job->out->load.finding = job->finding; /* also told when nothing is kept */
    job->out->load.n_finding = job->n_finding;
    if (job->out->load.taken == 0 || job->n_kept == 0)
        return wijk_fail(cx, WIJK_EDATA, "%s: geen enkele regel is goed. Eerste reden: %s %s",
                         b->load.file_name, job->n_finding ? job->finding[0].reason : "",
                         job->n_finding ? job->finding[0].cure : "");
    job->out->series_saved = b->n_series;
    struct wijk__lay *lay;
    WIJK_TRY(wijk__lay_open(cx, store, job->in->defs, b->load.source, &lay));
    if (job->in->dry_run) { /* all that the data can be refused for has been looked at */
        WIJK_TRY(lay_all(cx, store, job, lay));
        tell_differences(cx, job, lay);
        return WIJK_OK;
    }
    WIJK_TRY(wijk_store_save_defs(cx, store, job->in->defs));
    if (job->in->own) WIJK_TRY(wijk_store_save_own_source(cx, store, job->in->own));
    WIJK_TRY(wijk_store_save_load(cx, store, &job->out->load));
    WIJK_TRY(wijk_store_save_columns(cx, store, job->out->load.id, b->column, b->n_column));
    WIJK_TRY(lay_all(cx, store, job, lay));
    size_t before = job->n_finding;
    tell_differences(cx, job, lay);
    if (job->n_finding > before)
        WIJK_TRY(wijk_store_add_findings(cx, store, job->out->load.id, job->finding + before,
                                         job->n_finding - before));
    for (size_t i = 0; i < b->n_series; i++) {
        const struct wijk_series_key *key = &b->series[i].key;
        if (wijk__makes_scores(job->in->defs, key->indicator))
            wijk__touch(cx, &job->touched, key->level, key->division_year, key->period.year);
    }
    if (!wijk_progress_step(job->in->progress, b->load.file_name, b->n_series, b->n_series))
        return wijk_fail(cx, WIJK_ECANCEL, "%s: gestopt op verzoek; er is niets geladen.", b->load.file_name);
    return wijk__flow_measure_touched(cx, store, job->in->defs, &job->touched);
}

/* ---- what a person wants to see of it ---- */

static bool cell_told(const struct wijk_series *s, size_t i)
{
    return s->row[i] != 0;
}

/* The name of an area, of the file or else of the store. */
static const char *name_of(const struct wijk_area *a, const struct wijk_areas *known,
                           const struct wijk_area_index *index)
{
    size_t at = wijk_area_find(index, a->code);
    if (a->name && *a->name) return a->name;
    return at != SIZE_MAX && known->v[at].name ? known->v[at].name : "";
}

static void sample_area(const struct job *job, size_t k, size_t i, const char *name, size_t max,
                        struct wijk_flow_sample *v)
{
    const struct wijk_import_batch *b = job->batch;
    const struct wijk_areas *a = &b->areas[k];
    for (size_t j = 0; j < b->n_series && job->out->n_sample < max; j++) {
        const struct wijk_series *s = &b->series[j];
        if (s->key.level != a->level || s->key.division_year != a->division_year || !cell_told(s, i))
            continue;
        v[job->out->n_sample++] = (struct wijk_flow_sample){
            a->v[i].code,  name,        wijk_defs_indicator(job->in->defs, s->key.indicator),
            s->key.period, s->value[i], (enum wijk_status)s->status[i]};
    }
}

/* Counts what the file speaks of and takes its first cells to show. */
static enum wijk_err describe(struct wijk_cx *cx, struct wijk_store *store, struct job *job)
{
    const struct wijk_import_batch *b = job->batch;
    struct wijk_flow_import_out *out = job->out;
    size_t max = job->in->n_sample < WIJK_FLOW_SAMPLES ? job->in->n_sample : WIJK_FLOW_SAMPLES;
    if (!max) return WIJK_OK;
    struct wijk_flow_sample *v = WIJK_NEW(cx, struct wijk_flow_sample, max);
    const struct wijk_indicator **indicator = WIJK_NEW(cx, const struct wijk_indicator *, b->n_series);
    out->sample = v;
    out->indicator = indicator;
    for (size_t j = 0; j < b->n_series; j++) {
        const struct wijk_indicator *one = wijk_defs_indicator(job->in->defs, b->series[j].key.indicator);
        size_t at = 0;
        while (at < out->n_indicator && indicator[at] != one) at++;
        if (at == out->n_indicator) indicator[out->n_indicator++] = one;
    }
    for (size_t k = 0; k < b->n_areas; k++) {
        const struct wijk_areas *a = &b->areas[k], *known;
        out->n_area += a->n;
        WIJK_TRY(wijk_store_read_areas(cx, store, a->level, a->division_year, false, &known));
        const struct wijk_area_index *index = wijk_area_index(cx, known);
        for (size_t i = 0; i < a->n && out->n_sample < max; i++)
            sample_area(job, k, i, name_of(&a->v[i], known, index), max, v);
    }
    return WIJK_OK;
}

struct wijk_import_in wijk__import_in(const struct wijk_flow_import_in *in, const struct wijk_source *source,
                                      const char *path)
{
    return (struct wijk_import_in){.defs = in->defs,
                                   .source = source,
                                   .path = path,
                                   .year = in->year,
                                   .gemeente = in->gemeente,
                                   .reader = in->reader,
                                   .release = in->release,
                                   .on_page = in->on_page};
}

/* One of the paths, and what is known of it already. */
struct one_file {
    const char *path;
    struct wijk__early early;
};

static enum wijk_err hash_file(struct wijk_cx *cx, const struct wijk_flow_import_in *in,
                               struct one_file *file)
{
    struct wijk_file *opened;
    if (in->sha256) {
        file->early.sha256 = in->sha256;
        file->early.bytes = in->bytes;
    }
    if (file->early.sha256) return WIJK_OK;
    char *hex = WIJK_NEW(cx, char, 65);
    WIJK_TRY(wijk_file_open(cx, file->path, &opened));
    const enum wijk_err err = wijk_file_hash(cx, opened, hex, &file->early.bytes);
    wijk_file_close(opened);
    file->early.sha256 = hex;
    return err;
}

static enum wijk_err read_file(struct wijk_cx *cx, struct wijk_store *store,
                               const struct wijk_flow_import_in *in, const struct wijk_source *source,
                               const struct one_file *file, struct wijk_flow_import_out *out,
                               const struct wijk_import_batch **batch)
{
    struct wijk_import_known known = {wijk__flow_known_areas, store};
    struct wijk_import_in read = wijk__import_in(in, source, file->path);
    read.progress = in->progress;
    read.sha256 = file->early.sha256;
    read.bytes = file->early.bytes;
    read.known = &known;
    read.joins = &out->joins;
    if (in->match)
        WIJK_TRY(wijk_flow_match_read(cx, in->match, &read.match, &read.n_match));
    else
        read.match = in->confirmed, read.n_match = in->n_confirmed;
    return wijk_import_read(cx, read, batch);
}

static enum wijk_err import_file(struct wijk_cx *cx, struct wijk_store *store,
                                 const struct wijk_flow_import_in *in, const struct wijk_source *source,
                                 struct one_file *file, struct wijk_flow_import_out *out)
{
    const struct wijk_load *earlier;
    WIJK_TRY(hash_file(cx, in, file));
    WIJK_TRY(wijk__flow_earlier(cx, store, source->id, file->early.sha256, in->gemeente, &earlier));
    const bool pairs = wijk_source_pairs(source);
    if (earlier && !pairs && !in->match &&
        !in->n_confirmed) { /* with other joins the same file says other things */
        out->load = *earlier;
        out->already = true;
        return WIJK_OK;
    }
    if (pairs) {
        struct wijk_import_in read = wijk__import_in(in, source, file->path);
        read.progress = in->progress;
        read.sha256 = file->early.sha256;
        read.bytes = file->early.bytes;
        return wijk__flow_import_pairs(cx, store, in, &read, out);
    }
    struct job job = {.in = in, .out = out, .batch = file->early.batch};
    if (!job.batch) WIJK_TRY(read_file(cx, store, in, source, file, out, &job.batch));
    out->load = job.batch->load;
    if (in->retrieved) out->load.retrieved = in->retrieved;
    out->load.url = in->url ? in->url : "";
    out->n_unknown = job.batch->n_unknown;
    out->unknown_column = job.batch->unknown_column;
    char *now = WIJK_NEW(cx, char, 24);
    wijk_time_write(in->now, now);
    out->load.loaded_at = now;
    WIJK_TRY(describe(cx, store, &job));
    if (in->dry_run) return save_batch(cx, store, &job);
    bool hopeless;
    WIJK_TRY(is_hopeless(cx, store, job.batch, &hopeless));
    return hopeless ? wijk_store_trial(cx, store, save_batch, &job)
                    : wijk_store_in_transaction(cx, store, save_batch, &job);
}

/* ---- what outlives the context of one file ---- */

static const char *kept(struct wijk_cx *cx, const char *s)
{
    return s ? wijk_str_dup(cx, wijk_str(s)) : NULL;
}

static void keep_load(struct wijk_cx *cx, struct wijk_load *l)
{
    const char **text[] = {&l->source, &l->release,   &l->method_version, &l->publisher, &l->licence,
                           &l->table,  &l->file_name, &l->sha256,         &l->retrieved, &l->loaded_at,
                           &l->url};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) *text[i] = kept(cx, *text[i]);
    struct wijk_finding *f = WIJK_NEW(cx, struct wijk_finding, l->n_finding);
    for (size_t i = 0; i < l->n_finding; i++) {
        f[i] = l->finding[i];
        f[i].column = kept(cx, f[i].column);
        f[i].reason = kept(cx, f[i].reason);
        f[i].cure = kept(cx, f[i].cure);
    }
    l->finding = f;
}

static void keep_out(struct wijk_cx *cx, struct wijk_flow_import_out *out)
{
    const char **unknown = WIJK_NEW(cx, const char *, out->n_unknown);
    for (size_t i = 0; i < out->n_unknown; i++) unknown[i] = kept(cx, out->unknown_column[i]);
    out->unknown_column = unknown;
    const struct wijk_indicator **indicator = WIJK_NEW(cx, const struct wijk_indicator *, out->n_indicator);
    struct wijk_flow_sample *sample = WIJK_NEW(cx, struct wijk_flow_sample, out->n_sample);
    for (size_t i = 0; i < out->n_indicator; i++) indicator[i] = out->indicator[i];
    for (size_t i = 0; i < out->n_sample; i++) {
        sample[i] = out->sample[i];
        sample[i].code = kept(cx, sample[i].code);
        sample[i].name = kept(cx, sample[i].name);
    }
    out->indicator = indicator;
    out->sample = sample;
    keep_load(cx, &out->load);
}

/* Every file has a context of its own, so that many files take the room of one. */
static enum wijk_err import_alone(struct wijk_cx *cx, struct wijk_store *store,
                                  const struct wijk_flow_import_in *in, const struct wijk_source *source,
                                  struct one_file *file, struct wijk_flow_import_out *out)
{
    struct wijk_cx *own = wijk_cx_new(wijk_cx_lang(cx));
    wijk_store_watch(store, in->progress);
    enum wijk_err err = import_file(own, store, in, source, file, out);
    wijk_store_watch(store, NULL);
    if (out->load.file_name) keep_out(cx, out);
    wijk__flow_keep_joins(cx, &out->joins);
    if (err != WIJK_OK) wijk_fail(cx, err, "%s", wijk_fault(own));
    wijk_cx_end(own);
    return err;
}

enum wijk_err wijk__flow_source(struct wijk_cx *cx, const struct wijk_defs *defs, const char *id,
                                const struct wijk_source **out)
{
    const char *like = "";
    size_t least = 6;
    *out = wijk_defs_source(defs, id);
    if (*out) return WIJK_OK;
    for (size_t i = 0; i < defs->n_source; i++) {
        size_t d = wijk_str_distance(wijk_str(id), wijk_str(defs->source[i].id));
        if (d < least) least = d, like = defs->source[i].id;
    }
    if (*like) return wijk_fail(cx, WIJK_ENOTFOUND, "De bron %s bestaat niet. Bedoelt u %s?", id, like);
    return wijk_fail(cx, WIJK_ENOTFOUND, "De bron %s bestaat niet. `wijk sources` geeft de lijst.", id);
}

enum wijk_err wijk_flow_import(struct wijk_cx *cx, struct wijk_store *store, struct wijk_flow_import_in in,
                               struct wijk_flow_import_out *out)
{
    const struct wijk_source *source;
    WIJK_TRY(wijk__flow_source(cx, in.defs, in.source, &source));
    struct wijk__ahead *ahead;
    enum wijk_err err = WIJK_OK;
    WIJK_TRY(wijk__ahead_open(cx, store, &in, source, &ahead));
    for (size_t i = 0; i < in.n_paths && err == WIJK_OK; i++) {
        struct one_file file = {in.paths[i], wijk__ahead_take(ahead, i)};
        out[i] = (struct wijk_flow_import_out){0};
        err = import_alone(cx, store, &in, source, &file, &out[i]);
        wijk__ahead_done(ahead, i);
    }
    wijk__ahead_close(ahead);
    return err;
}
