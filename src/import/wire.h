/* SPDX-License-Identifier: EUPL-1.2 */
/* The frames that wijk-read sends to wijk over a pipe. Both ends include this; it needs base only.
 *
 *   byte 0  'W'     byte 1  version     byte 2  kind     byte 3  0     bytes 4-7  length, little endian
 *
 * then `length` bytes: HEAD once, ROW for each feature, and END or FAULT as the last frame. wijk trusts none
 * of it: every length is checked against the bytes that are there and against a limit. */
#ifndef WIJK_IMPORT_WIRE_H
#define WIJK_IMPORT_WIRE_H

#include "base/base.h"

enum {
    WIJK__WIRE_VERSION = 1,
    WIJK__WIRE_FRONT = 8,           /* bytes before each payload                 */
    WIJK__WIRE_FRAME_MAX = 80 << 20 /* bytes in one frame: a geometry at its limit */
};

enum wijk__wire_kind { WIJK__WIRE_HEAD = 1, WIJK__WIRE_ROW, WIJK__WIRE_END, WIJK__WIRE_FAULT };

enum wijk__wire_value_kind { WIJK__WIRE_ABSENT, WIJK__WIRE_NULL, WIJK__WIRE_TEXT, WIJK__WIRE_NUMBER };

struct wijk__wire_head {
    struct wijk_str layer;
    int crs;        /* EPSG code; 0 not known */
    uint64_t total; /* rows; 0 not known      */
    size_t n_column;
    const struct wijk_str *column;
};
struct wijk__wire_value {
    enum wijk__wire_value_kind kind;
    struct wijk_str text;
    double number; /* finite */
};
struct wijk__wire_row {
    size_t n;
    const struct wijk__wire_value *value;
    struct wijk_str wkb; /* n 0: no geometry */
};

/* Each puts one whole frame behind what stands in b. */
void wijk__wire_put_head(struct wijk_buf *b, const struct wijk__wire_head *head);
void wijk__wire_put_row(struct wijk_buf *b, const struct wijk__wire_row *row);
void wijk__wire_put_end(struct wijk_buf *b, uint64_t rows);
void wijk__wire_put_fault(struct wijk_buf *b, enum wijk_err err, const char *sentence);

/* Reads the eight bytes in front. false: not ours, or longer than the limit. */
bool wijk__wire_front(const unsigned char front[8], enum wijk__wire_kind *kind, size_t *length);
/* Each reads one payload; texts point into it. false: it does not hold together. */
bool wijk__wire_get_head(struct wijk_cx *cx, struct wijk_str payload, struct wijk__wire_head *out);
bool wijk__wire_get_row(struct wijk_cx *cx, struct wijk_str payload, struct wijk__wire_row *out);
bool wijk__wire_get_end(struct wijk_str payload, uint64_t *rows);
bool wijk__wire_get_fault(struct wijk_str payload, enum wijk_err *err, struct wijk_str *sentence);

#endif
