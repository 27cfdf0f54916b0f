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
              {"shapefile", ".zip"}};

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
static const char *format_of_file(const struct wijk_source *source, const char *path)
{
    const char *guess[WIJK__GUESSES_MAX];
    const struct wijk_yaml *also = wijk_yaml_get(source->yaml, "also_format");
    size_t n = wijk__format_guess(path, guess);
    for (size_t k = 0; also && k < also->n; k++)
        for (size_t i = 0; i < n; i++)
            if (strcmp(also->child[k]->text, guess[i]) == 0) return guess[i];
    return source->format;
}

static enum wijk_err read_table(struct wijk_cx *cx, const struct wijk_import_in *in,
                                const struct wijk__mapping *mapping, struct wijk__open *how,
                                struct wijk_import_batch *out)
{
    wijk__open_fn *open = wijk__format_open(how->format);
    struct counted counted = {.in = how->bytes};
    struct wijk__rows rows = {0};
    const struct wijk__map_file *file;
    if (!open)
        return wijk_fail(cx, WIJK_EDEF, "Bron %s: de bestandsvorm %s bestaat niet.", in->source->id,
                         how->format);
    how->bytes = (struct wijk_in){counted_read, &counted, how->label};
    WIJK_TRY(open(cx, how, &rows));
    struct wijk__mapper_in mapper = {in, mapping, NULL, &rows, how->label, &counted.n, how->n_bytes};
    enum wijk_err err = wijk__table_open(cx, in->source->yaml, how->label, &rows);
    if (err == WIJK_OK) err = wijk__mapping_choose(cx, mapping, &rows, how->label, &file);
    if (err != WIJK_OK) err = wijk__guard_names(cx, &rows, how->label, err);
    if (err == WIJK_OK) {
        mapper.file = file;
        err = wijk__mapper_run(cx, &mapper, out);
    }
    if (err == WIJK_OK && rows.table) out->load.table = wijk_str_dup(cx, wijk_str(rows.table));
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

enum wijk_err wijk_import_read(struct wijk_cx *cx, struct wijk_import_in in,
                               const struct wijk_import_batch **out)
{
    struct wijk_import_batch *batch = WIJK_NEW(cx, struct wijk_import_batch, 1);
    const struct wijk__mapping *mapping;
    struct wijk_file *file;
    char hex[65];
    uint64_t bytes;
    WIJK_TRY(wijk__mapping_read(cx, in.defs, in.source, format_of_file(in.source, in.path), &mapping));
    WIJK_TRY(wijk_file_open(cx, in.path, &file));
    const char *label = wijk_str_dup(cx, wijk_str(wijk_file_label(file)));
    enum wijk_err err = WIJK_OK;
    if (!in.sha256) {
        err = wijk_file_hash(cx, file, hex, &bytes);
        in.sha256 = hex;
        in.bytes = bytes;
    }
    if (err == WIJK_OK) {
        struct wijk__open how = {.bytes = wijk_file_in(file),
                                 .n_bytes = in.bytes,
                                 .path = in.path,
                                 .label = label,
                                 .reader = in.reader,
                                 .format = format_of_file(in.source, in.path),
                                 .source = in.source->yaml};
        fill_load(cx, in.source, label, in.sha256, in.bytes, &batch->load);
        err = read_table(cx, &in, mapping, &how, batch);
    }
    wijk_file_close(file);
    WIJK_TRY(err);
    *out = batch;
    return WIJK_OK;
}
