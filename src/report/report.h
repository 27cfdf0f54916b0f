/* SPDX-License-Identifier: EUPL-1.2 */
/* report: results as tables, and tables as text, CSV, JSON or GeoJSON. Column names are a contract: scripts
 * rely on them. */
#ifndef WIJK_REPORT_H
#define WIJK_REPORT_H

#include "disclose/disclose.h"

enum wijk_format { WIJK_FORMAT_TABLE, WIJK_FORMAT_JSON, WIJK_FORMAT_CSV };
WIJK_API bool wijk_format_parse(struct wijk_str s, enum wijk_format *out) WIJK_MUST_USE;

/* ---- tables: every verb that prints data hands over one of these ---- */

enum wijk_cell_kind { WIJK_CELL_EMPTY, WIJK_CELL_TEXT, WIJK_CELL_NUMBER, WIJK_CELL_INTEGER, WIJK_CELL_BOOL };
struct wijk_cell {
    enum wijk_cell_kind kind;
    struct wijk_str text;
    double number; /* also INTEGER (exact to 2^53) and BOOL */
};
struct wijk_column {
    const char *key;   /* English snake_case, stable: "division_year"       */
    const char *title; /* for people, Dutch; translated on the way out      */
    int decimals;      /* NUMBER in table form; -1 = shortest                */
};
/* Rows come one by one, so a large answer needs no memory. */
struct wijk_table_out;
WIJK_API struct wijk_table_out *wijk_table_open(struct wijk_cx *cx, enum wijk_format format,
                                                struct wijk_out out, const struct wijk_column *columns,
                                                size_t n);
WIJK_API void wijk_table_text(struct wijk_table_out *t, const char *s); /* NULL: empty */
WIJK_API void wijk_table_num(struct wijk_table_out *t, double v);       /* NAN: empty  */
WIJK_API void wijk_table_int(struct wijk_table_out *t, int64_t v);
WIJK_API void wijk_table_bool(struct wijk_table_out *t, bool v);
WIJK_API void wijk_table_empty(struct wijk_table_out *t);
WIJK_API void wijk_table_end_row(struct wijk_table_out *t); /* asserts that each column was given */
/* JSON is an array of objects by key; CSV has a header of keys; table form is laid out for a terminal.
 * false when writing failed. */
WIJK_API bool wijk_table_close(struct wijk_table_out *t);

/* ---- GeoJSON (RFC 7946: WGS84, 7 decimals) ---- */

struct wijk_geojson_out {
    struct wijk_json_out json;
    bool begun;
};
WIJK_API void wijk_geojson_begin(struct wijk_geojson_out *w, struct wijk_out out);
/* geom in RD, NULL: null geometry. Leaves the "properties" object open for the caller; end_feature closes it.
 */
WIJK_API void wijk_geojson_begin_feature(struct wijk_geojson_out *w, const char *id,
                                         const struct wijk_geom *geom_rd);
WIJK_API void wijk_geojson_end_feature(struct wijk_geojson_out *w);
WIJK_API bool wijk_geojson_end(struct wijk_geojson_out *w);
/* Only the geometry object; in metres (RD, three decimals) it is no RFC 7946 any more, and the caller says
 * so. */
WIJK_API void wijk_geojson_geometry(struct wijk_json_out *json, const struct wijk_geom *geom_rd,
                                    enum wijk_crs crs);

/* ---- sentences: what people read first ---- */

/* One Dutch (or English) sentence about an area's level and change, by the words of docs/methods/woorden.md.
 * scores: of one area over the years of one method, oldest first (index i picks the area in each). */
WIJK_API const char *wijk_sentence_area(struct wijk_cx *cx, const char *name,
                                        const struct wijk_scores *const *scores, size_t n_scores,
                                        size_t area);
/* One sentence about a whole map: how many areas are at `ruim voldoende` or better. */
WIJK_API const char *wijk_sentence_map(struct wijk_cx *cx, const struct wijk_scores *scores);
/* «gelijk», «iets beter», «beter», «iets slechter», «slechter» for a change of deviation. */
WIJK_API const char *wijk_word_change(const struct wijk_cx *cx, double change);

/* ---- course.c: where an area goes, and the type of its course, in a sentence ---- */

struct wijk_trend_told {
    const struct wijk_trend *trend;
    int decimals; /* of the indicator; a slope gets one more */
};
/* What goes on, per year and with its band, since when; or why that is not known. */
WIJK_API const char *wijk_sentence_trend(struct wijk_cx *cx, const struct wijk_trend_told *t);
struct wijk_trajectory_told {
    const struct wijk_trajectory *trajectory;
    const struct wijk_method *method;
    int base_year, recent_year, year;
};
/* The type and what made it: years, change and class; that chance may have decided, where it may; or why
 * there is no type. */
WIJK_API const char *wijk_sentence_trajectory(struct wijk_cx *cx, const struct wijk_trajectory_told *t);
/* Where a level or a change comes from: the whole, then the parts by size, those that go the other way told
 * apart. part: n; label: n, in the language of cx. "" when the whole is not known. */
struct wijk_parts_told {
    double whole;
    const double *part;
    const char *const *label;
    size_t n;
    int decimals;
    int from_year, year; /* from_year 0: a level */
};
WIJK_API const char *wijk_sentence_parts(struct wijk_cx *cx, const struct wijk_parts_told *t);

#endif
