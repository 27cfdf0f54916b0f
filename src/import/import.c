/* SPDX-License-Identifier: EUPL-1.2 */
/* One file in, one batch out: hash it, open it in its format, find the shape that fits, map its rows. */
#include "import/mapper.h"

#include <string.h>
#include <strings.h>

/* Counts what passes, for the progress bar. */
struct counted {
    struct wijk_in in;
    uint64_t n;
};

static ptrdiff_t counted_read(void *self, void *into, size_t n)
{
    struct counted *c = self;
    ptrdiff_t got = c->in.read(c->in.self, into, n);
    if (got > 0) c->n += (uint64_t)got;
    return got;
}

wijk__open_fn *wijk__format_open(const char *id)
{
    static const struct {
        const char *id;
        wijk__open_fn *open;
    } FORMAT[] = {
#define X(name, open, title) {name, open},
#include "import/formats.h"
#undef X
    };
    for (size_t i = 0; i < sizeof FORMAT / sizeof *FORMAT; i++)
        if (strcmp(FORMAT[i].id, id) == 0) return FORMAT[i].open;
    return NULL;
}

static const struct {
    const char *format, *ending;
} ENDING[] = {{"csv", ".csv"},       {"csv", ".txt"},      {"csv", ".tsv"},   {"xlsx", ".xlsx"},
              {"ods", ".ods"},       {"gpkg", ".gpkg"},    {"gml", ".gml"},   {"odata-json", ".json"},
              {"topojson", ".json"}, {"geojson", ".json"}, {"json", ".json"}, {"geojson", ".geojson"},
              {"shapefile", ".zip"}, {"csv", ".zip"}};

size_t wijk__format_guess(const char *path, const char *out[WIJK__GUESSES_MAX])
{
    size_t n = strlen(path), found = 0;
    for (size_t i = 0; i < sizeof ENDING / sizeof *ENDING; i++) {
        size_t e = strlen(ENDING[i].ending);
        if (n > e && strcasecmp(path + n - e, ENDING[i].ending) == 0 && found < WIJK__GUESSES_MAX)
            out[found++] = ENDING[i].format;
    }
    return found;
}

/* A source may come in several formats: the ending of the file's name tells which. */
const char *wijk__format_of_file(const struct wijk_source *source, const char *path)
{
    const char *guess[WIJK__GUESSES_MAX];
    const struct wijk_yaml *also = wijk_yaml_get(source->yaml, "also_format");
    size_t n = wijk__format_guess(path, guess);
    for (size_t i = 0; i < n;
         i++) /* a zip may hold shapes or a table: what the source is first goes before */
        if (strcmp(source->format, guess[i]) == 0) return source->format;
    for (size_t k = 0; also && k < also->n; k++)
        for (size_t i = 0; i < n; i++)
            if (strcmp(also->child[k]->text, guess[i]) == 0) return guess[i];
    return source->format;
}

/* Opens the table by its format and lets `use` have its rows. */
static enum wijk_err with_table(struct wijk_cx *cx, const struct wijk_import_in *in, struct wijk__open *how,
                                wijk__use_rows *use, void *arg)
{
    wijk__open_fn *open = wijk__format_open(how->format);
    struct counted counted = {.in = how->bytes};
    struct wijk__rows rows = {0};
    if (!open)
        return wijk_fail(cx, WIJK_EDEF, "Bron %s: de bestandsvorm %s bestaat niet.", in->source->id,
                         how->format);
    how->bytes = (struct wijk_in){counted_read, &counted, how->label};
    WIJK_TRY(open(cx, how, &rows));
    struct wijk__opened table = {
        .rows = &rows, .label = how->label, .bytes_read = &counted.n, .n_bytes = how->n_bytes};
    enum wijk_err err = wijk__table_open(cx, in->source->yaml, how->label, &rows);
    if (err == WIJK_OK) err = use(cx, in, &table, arg);
    if (rows.close) rows.close(&rows);
    return err;
}

static void fill_load(struct wijk_cx *cx, const struct wijk_source *s, const char *label, const char *hex,
                      uint64_t bytes, struct wijk_load *load)
{
    load->source = s->id;
    load->release = s->release;
    load->method_version = s->method_version;
    load->publisher = s->publisher;
    load->licence = s->licence;
    load->table = s->table;
    load->file_name = wijk_str_dup(cx, wijk_str(label));
    load->sha256 = wijk_str_dup(cx, wijk_str(hex));
    load->bytes = bytes;
    load->retrieved =
        ""; /* a file does not tell when it was fetched, and its time stamp is about this disk */
    load->loaded_at = "";
}

enum wijk_err wijk__import_file(struct wijk_cx *cx, struct wijk_import_in in, struct wijk_load *load,
                                wijk__use_rows *use, void *arg)
{
    struct wijk_file *file;
    char hex[65];
    WIJK_TRY(wijk_file_open(cx, in.path, &file));
    const char *label = wijk_str_dup(cx, wijk_str(wijk_file_label(file)));
    enum wijk_err err = WIJK_OK;
    if (!in.sha256) {
        err = wijk_file_hash(cx, file, hex, &in.bytes);
        in.sha256 = hex;
    }
    if (err == WIJK_OK) {
        struct wijk__open how = {.bytes = wijk_file_in(file),
                                 .n_bytes = in.bytes,
                                 .path = in.path,
                                 .label = label,
                                 .reader = in.reader,
                                 .format = wijk__format_of_file(in.source, in.path),
                                 .source = in.source->yaml};
        struct wijk__zipped zipped = {0};
        if (strcmp(how.format, "csv") == 0) err = wijk__zipped_find(cx, in.path, &zipped);
        if (err == WIJK_OK) err = wijk__zipped_use(cx, &zipped, &how);
        fill_load(cx, in.source, how.label, in.sha256, in.bytes, load);
        if (err == WIJK_OK) err = with_table(cx, &in, &how, use, arg);
    }
    wijk_file_close(file);
    return err;
}

/* ---- figures ---- */

struct figures {
    const struct wijk__mapping *mapping;
    struct wijk_import_batch *batch;
};

static enum wijk_err map_rows(struct wijk_cx *cx, const struct wijk_import_in *in,
                              const struct wijk__opened *table, void *arg)
{
    const struct figures *f = arg;
    const struct wijk__map_file *file;
    enum wijk_err err = wijk__mapping_choose(cx, f->mapping, table->rows, table->label, &file);
    if (err != WIJK_OK) return wijk__guard_names(cx, table->rows, table->label, err);
    struct wijk__mapper_in mapper = {in,           f->mapping,        file,          table->rows,
                                     table->label, table->bytes_read, table->n_bytes};
    WIJK_TRY(wijk__mapper_run(cx, &mapper, f->batch));
    if (table->rows->table) f->batch->load.table = wijk_str_dup(cx, wijk_str(table->rows->table));
    return WIJK_OK;
}

enum wijk_err wijk_import_read(struct wijk_cx *cx, struct wijk_import_in in,
                               const struct wijk_import_batch **out)
{
    struct figures f = {.batch = WIJK_NEW(cx, struct wijk_import_batch, 1)};
    WIJK_TRY(
        wijk__mapping_read(cx, in.defs, in.source, wijk__format_of_file(in.source, in.path), &f.mapping));
    WIJK_TRY(wijk__import_file(cx, in, &f.batch->load, map_rows, &f));
    *out = f.batch;
    return WIJK_OK;
}
