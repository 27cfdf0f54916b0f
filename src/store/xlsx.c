/* SPDX-License-Identifier: EUPL-1.2 */
/* A workbook by libxlsxwriter, which keeps the rows of each sheet in a temporary file of its own. Its writes
 * to those go unchecked, so a full disk could cut a sheet short in silence: here the streams are looked at
 * before closing, and the finished archive must hold at least as many bytes of each sheet as were written. */
#include "store/store_int.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { COLUMNS_MAX = 64, DIRECTORY_MAX = 1 << 20 };

struct wijk_xlsx_out {
    struct wijk_cx *cx;
    struct wijk_file_to to;
    const char *temp, *name; /* name: of the sheets under way */
    int fd;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *bold, *month;
    const struct wijk_xlsx_column *column;
    size_t n_column, rows_max, n_sheet, part; /* part: sheets of this name */
    lxw_row_t row;
    lxw_col_t at;
    lxw_worksheet *all[WIJK_XLSX_SHEETS_MAX];
    long bytes[WIJK_XLSX_SHEETS_MAX];
    enum wijk_err err;
};

static void fault(struct wijk_xlsx_out *x, lxw_error e)
{
    if (e == LXW_NO_ERROR || x->err) return;
    int why = errno ? errno : EIO;
    if (e == LXW_ERROR_MEMORY_MALLOC_FAILED) why = ENOMEM;
    x->err = wijk__file_fault(x->cx, x->to.path, why);
}

/* ---- open ---- */

enum wijk_err wijk_xlsx_open(struct wijk_cx *cx, const struct wijk_file_to *to, size_t rows_max,
                             const char *changed, struct wijk_xlsx_out **out)
{
    WIJK_TRY(wijk__file_free(cx, to));
    struct wijk_xlsx_out *x = WIJK_NEW(cx, struct wijk_xlsx_out, 1);
    x->cx = cx;
    x->to = *to;
    x->to.path = wijk_str_dup(cx, wijk_str(to->path));
    x->rows_max = rows_max && rows_max < WIJK_XLSX_ROWS_MAX ? rows_max : WIJK_XLSX_ROWS_MAX;
    WIJK_TRY(wijk__file_temp(cx, to->path, &x->temp, &x->fd));
    lxw_workbook_options opt = {
        .constant_memory = 1, .tmpdir = wijk__file_folder(cx, to->path), .use_zip64 = 1};
    x->book = workbook_new_opt(x->temp, &opt);
    if (!x->book) {
        wijk_xlsx_drop(x);
        return wijk__file_fault(cx, to->path, ENOMEM);
    }
    x->bold = workbook_add_format(x->book);
    format_set_bold(x->bold);
    x->month = workbook_add_format(x->book);
    format_set_num_format(x->month, "yyyy-mm");
    /* The clock stays out of it: the same figures give the same file. */
    int64_t day = 0;
    if (strlen(changed) < 10 || !wijk_date_parse((struct wijk_str){changed, 10}, &day)) day = 86400;
    lxw_doc_properties about = {.created = (time_t)day};
    workbook_set_properties(x->book, &about);
    *out = x;
    return WIJK_OK;
}

/* ---- sheets ---- */

static void next_sheet(struct wijk_xlsx_out *x)
{
    if (x->n_sheet == WIJK_XLSX_SHEETS_MAX) {
        x->err =
            wijk_fail(x->cx, WIJK_ELIMIT,
                      "%s: dit zijn te veel regels voor een rekenblad; kies een niveau, of CSV of GeoPackage",
                      wijk__file_label(x->cx, x->to.path));
        return;
    }
    const char *name = x->part++ ? wijk_sprintf(x->cx, "%s %zu", x->name, x->part) : x->name;
    errno = 0;
    x->sheet = workbook_add_worksheet(x->book, name);
    if (!x->sheet || !x->sheet->optimize_tmpfile) {
        fault(x, LXW_ERROR_CREATING_TMPFILE);
        return;
    }
    x->all[x->n_sheet++] = x->sheet;
    for (size_t k = 0; k < x->n_column; k++) {
        double width = x->column[k].width > 0 ? x->column[k].width : 12;
        fault(x, worksheet_set_column(x->sheet, (lxw_col_t)k, (lxw_col_t)k, width, NULL));
        fault(x, worksheet_write_string(x->sheet, 0, (lxw_col_t)k, x->column[k].title, x->bold));
    }
    worksheet_freeze_panes(x->sheet, 1, 0);
    x->row = 1;
    x->at = 0;
}

void wijk_xlsx_begin(struct wijk_xlsx_out *x, const char *name, const struct wijk_xlsx_column *columns,
                     size_t n)
{
    x->name = name;
    x->column = columns;
    x->n_column = n < COLUMNS_MAX ? n : COLUMNS_MAX;
    x->part = 0;
    if (!x->err) next_sheet(x);
}

void wijk_xlsx_text(struct wijk_xlsx_out *x, const char *s)
{
    lxw_col_t at = x->at++;
    if (!x->err && s && *s) fault(x, worksheet_write_string(x->sheet, x->row, at, s, NULL));
}

void wijk_xlsx_num(struct wijk_xlsx_out *x, double v)
{
    lxw_col_t at = x->at++;
    if (!x->err && isfinite(v)) fault(x, worksheet_write_number(x->sheet, x->row, at, v, NULL));
}

/* A year is a number, a month a date of which the year and the month are shown. */
void wijk_xlsx_period(struct wijk_xlsx_out *x, struct wijk_period p)
{
    if (!p.month) {
        wijk_xlsx_num(x, p.year);
        return;
    }
    lxw_col_t at = x->at++;
    lxw_datetime when = {.year = p.year, .month = p.month, .day = 1};
    if (!x->err) fault(x, worksheet_write_datetime(x->sheet, x->row, at, &when, x->month));
}

void wijk_xlsx_end_row(struct wijk_xlsx_out *x)
{
    x->at = 0;
    x->row++;
    if (x->err || x->row < x->rows_max) return;
    next_sheet(x);
}

/* ---- was it all written? ---- */

static uint32_t le32(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}
static uint32_t le16(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}
static uint64_t le64(const unsigned char *p)
{
    return (uint64_t)le32(p) | (uint64_t)le32(p + 4) << 32;
}

/* The unpacked size of one entry of the directory; over 4 GiB it stands in the zip64 field (0x0001). */
static uint64_t entry_size(const unsigned char *e, size_t name, size_t extra)
{
    uint32_t size = le32(e + 24);
    const unsigned char *p = e + 46 + name, *end = p + extra;
    for (; size == UINT32_MAX && end - p >= 12; p += 4 + le16(p + 2))
        if (le16(p) == 1) return le64(p + 4);
    return size;
}

/* Every sheet in the directory at the end of the archive, at least as long as what was written of it. */
static bool whole(struct wijk_xlsx_out *x)
{
    struct wijk_mark mark = wijk_cx_mark(x->cx);
    unsigned char *tail = WIJK_NEW(x->cx, unsigned char, DIRECTORY_MAX);
    off_t size = lseek(x->fd, 0, SEEK_END);
    size_t n = size < DIRECTORY_MAX ? (size_t)size : DIRECTORY_MAX, seen = 0;
    ssize_t got = size < 22 ? -1 : pread(x->fd, tail, n, size - (off_t)n);
    for (size_t i = 0; got == (ssize_t)n && i + 46 <= n; i++) {
        if (memcmp(tail + i, "PK\001\002", 4) != 0) continue;
        size_t name = le16(tail + i + 28), extra = le16(tail + i + 30);
        if (i + 46 + name + extra > n) continue;
        for (size_t k = 0; k < x->n_sheet; k++) {
            const char *want = wijk_sprintf(x->cx, "xl/worksheets/sheet%zu.xml", k + 1);
            if (strlen(want) == name && memcmp(tail + i + 46, want, name) == 0 &&
                entry_size(tail + i, name, extra) >= (uint64_t)x->bytes[k])
                seen++;
        }
    }
    wijk_cx_rewind(x->cx, mark);
    return seen == x->n_sheet;
}

/* ---- close ---- */

static void check_streams(struct wijk_xlsx_out *x)
{
    for (size_t k = 0; k < x->n_sheet && !x->err; k++) {
        FILE *f = x->all[k]->optimize_tmpfile;
        errno = 0;
        if (fflush(f) != 0 || ferror(f)) fault(x, LXW_ERROR_READING_TMPFILE);
        x->bytes[k] = ftell(f);
    }
}

enum wijk_err wijk_xlsx_done(struct wijk_xlsx_out *x)
{
    check_streams(x);
    if (!x->err) {
        errno = 0;
        lxw_workbook *book = x->book;
        x->book = NULL;
        fault(x, workbook_close(book));
        if (!x->err && !whole(x)) x->err = wijk__file_fault(x->cx, x->to.path, errno ? errno : ENOSPC);
        if (!x->err && !x->to.fd && fsync(x->fd)) x->err = wijk__file_fault(x->cx, x->to.path, errno);
    }
    if (!x->err) {
        x->err = wijk__file_keep(x->cx, x->temp, &x->to);
        close(x->fd);
        x->fd = -1;
    }
    wijk_xlsx_drop(x);
    return x->err;
}

void wijk_xlsx_drop(struct wijk_xlsx_out *x)
{
    if (!x) return;
    if (x->book) lxw_workbook_free(x->book);
    x->book = NULL;
    if (x->fd < 0) return;
    wijk__file_drop(x->temp);
    close(x->fd);
    x->fd = -1;
}
