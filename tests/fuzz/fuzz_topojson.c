/* SPDX-License-Identifier: EUPL-1.2 */
/* TopoJSON, GeoJSON, OData and nested JSON as rows: whatever comes in, every row has fields in its table's
 * columns, a shape has rings of points, a fault has a sentence. The first byte chooses the format. */
#include "import/import_int.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(cond)                                                                                           \
    do {                                                                                                     \
        if (!(cond)) abort();                                                                                \
    } while (0)

static void read_all(struct wijk_cx *cx, struct wijk__rows *rows)
{
    struct wijk__row row;
    for (int n = 0; n < 10000; n++) {
        bool got;
        if (rows->next(rows, &row, &got) != WIJK_OK) {
            MUST(wijk_fault(cx)[0]);
            return;
        }
        if (!got) return;
        MUST(row.n <= rows->n_column);
        for (size_t i = 0; i < row.n; i++) MUST(row.field[i].kind <= WIJK__FIELD_NUMBER);
        if (row.geom) MUST(row.geom->n_poly && row.geom->n_ring && row.geom->n_point >= 4);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static wijk__open_fn *const OPEN[] = {wijk__topojson_open, wijk__geojson_open, wijk__odata_open,
                                          wijk__json_open};
    static const char PLACES[] = "rows: [\".\", \"a[]\", \"a[].c[]\", \"b{}\", \"[]\"]\n";
    if (size == 0) return 0;
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    struct wijk_in_mem mem;
    const struct wijk_yaml *source;
    MUST(wijk_yaml_read(cx, wijk_str(PLACES), "fuzz", &source) == WIJK_OK);
    struct wijk_str bytes = {(const char *)data + 1, size - 1};
    struct wijk__open how = {
        .bytes = wijk_in_mem(&mem, bytes, "fuzz"), .n_bytes = bytes.n, .label = "fuzz", .source = source};
    struct wijk__rows rows = {0};
    if (OPEN[data[0] % 4](cx, &how, &rows) == WIJK_OK) {
        read_all(cx, &rows);
        if (rows.close) rows.close(&rows);
    } else {
        MUST(wijk_fault(cx)[0]);
    }
    wijk_cx_end(cx);
    return 0;
}
