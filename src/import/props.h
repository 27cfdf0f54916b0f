/* SPDX-License-Identifier: EUPL-1.2 */
/* The columns of a JSON table, which are met as its objects are read, and the fields of the object at hand.
 */
#ifndef WIJK_IMPORT_PROPS_H
#define WIJK_IMPORT_PROPS_H

#include "import/import_int.h"

struct wijk__props {
    struct wijk_cx *cx; /* of the columns: lives as long as the table */
    struct wijk__rows *rows;
    size_t cap, n_slot;
    size_t *slot; /* open addressing: column index + 1, 0 = free */
    struct wijk_str *column;
    struct wijk__field *field; /* one per column; ABSENT until set */
};
void wijk__props_open(struct wijk_cx *cx, struct wijk__props *p, struct wijk__rows *rows);
/* Index of the column, added when new. Fails WIJK_ELIMIT over WIJK_LIMIT_COLUMNS, with `label` in the
 * sentence. */
enum wijk_err wijk__props_column(struct wijk__props *p, const char *label, struct wijk_str name, size_t *out);
void wijk__props_clear(struct wijk__props *p);
/* Reads the value whose first token is `token` as a field; a list or object inside is read past and counts as
 * NULL. Texts are copied into `keep`. */
enum wijk_err wijk__props_value(struct wijk_cx *keep, struct wijk_json *json, struct wijk_json_token token,
                                struct wijk__field *out);
/* Reads the members of an object whose OBJECT token was just read. */
enum wijk_err wijk__props_object(struct wijk__props *p, struct wijk_cx *keep, struct wijk_json *json,
                                 const char *label);

#endif
