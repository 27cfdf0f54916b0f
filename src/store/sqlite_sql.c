/* SPDX-License-Identifier: EUPL-1.2 */
/* Statements that keep their first fault, and the sentence for every way in which SQLite can fail. */
#include "store/store_int.h"

#include <math.h>

/* No room, no memory, no descriptors pass: the transaction is undone and the next may succeed. Any other
 * fault of the disk may have lost what was written before, so nothing is written after it. */
void wijk__store_felt(struct wijk_store *store, int rc)
{
    if ((rc & 0xff) == SQLITE_IOERR && rc != SQLITE_IOERR_NOMEM) store->fate->broken = true;
    if ((rc & 0xff) == SQLITE_FULL && store->mode == WIJK_STORE_WRITE) store->fate->full = true;
}

enum wijk_err wijk__store_fault(struct wijk_cx *cx, struct wijk_store *store, int rc)
{
    const char *label = store->label;
    wijk__store_felt(store, rc);
    switch (rc & 0xff) {
    case SQLITE_FULL:
        return wijk_fail(cx, WIJK_EIO,
                         "%s: de schijf is vol; er is niets veranderd. Maak ruimte en probeer het opnieuw",
                         label);
    case SQLITE_IOERR:
        if (rc == SQLITE_IOERR_NOMEM) return wijk_fail(cx, WIJK_EIO, "%s: er is te weinig geheugen", label);
        return wijk_fail(
            cx, WIJK_EIO,
            "%s: lezen of schrijven op de schijf mislukt (code %d); er wordt niets meer geschreven", label,
            rc);
    case SQLITE_INTERRUPT: return wijk_fail(cx, WIJK_ECANCEL, "%s: gestopt op verzoek", label);
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return wijk_fail(cx, WIJK_EIO, "%s mag alleen gelezen worden; schrijven kan niet", label);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return wijk_fail(cx, WIJK_EIO,
                         "%s: een ander programma is er in aan het schrijven; probeer het straks opnieuw",
                         label);
    case SQLITE_CANTOPEN:
        if (rc == WIJK__NO_FILES)
            return wijk_fail(cx, WIJK_EIO, "%s: er staan te veel bestanden open; probeer het straks opnieuw",
                             label);
        return wijk_fail(cx, WIJK_EIO,
                         "%s is niet te openen; kijk of u recht hebt op het bestand en op de map", label);
    case SQLITE_NOTADB: return wijk_fail(cx, WIJK_ESTORE, "%s is geen Wijkregie-bestand", label);
    case SQLITE_CORRUPT: return wijk_fail(cx, WIJK_ESTORE, "%s is beschadigd; zet een back-up terug", label);
    case SQLITE_TOOBIG: return wijk_fail(cx, WIJK_ELIMIT, "%s: een waarde is te groot om te bewaren", label);
    case SQLITE_CONSTRAINT:
        return wijk_fail(cx, WIJK_EDATA, "%s: de gegevens botsen met wat er al in staat (%s)", label,
                         sqlite3_errmsg(store->db));
    case SQLITE_NOMEM: return wijk_fail(cx, WIJK_EIO, "%s: er is te weinig geheugen", label);
    default:
        return wijk_fail(cx, WIJK_ESTORE, "%s: de inhoud past niet bij Wijkregie (%s)", label,
                         sqlite3_errmsg(store->db));
    }
}

static void keep(struct wijk__q *q, int rc)
{
    if (rc != SQLITE_OK && q->err == WIJK_OK) q->err = wijk__store_fault(q->cx, q->store, rc);
}

struct wijk__q wijk__q(struct wijk_cx *cx, struct wijk_store *store, const char *sql)
{
    struct wijk__q q = {.cx = cx, .store = store};
    keep(&q, sqlite3_prepare_v2(store->db, sql, -1, &q.stmt, NULL));
    return q;
}

void wijk__q_text(struct wijk__q *q, const char *s)
{
    q->at++;
    if (!q->err) keep(q, sqlite3_bind_text(q->stmt, q->at, s, -1, SQLITE_STATIC));
}
void wijk__q_int(struct wijk__q *q, int64_t v)
{
    q->at++;
    if (!q->err) keep(q, sqlite3_bind_int64(q->stmt, q->at, v));
}
void wijk__q_real(struct wijk__q *q, double v)
{
    q->at++;
    if (!q->err)
        keep(q, isnan(v) ? sqlite3_bind_null(q->stmt, q->at) : sqlite3_bind_double(q->stmt, q->at, v));
}
void wijk__q_blob(struct wijk__q *q, const void *p, size_t n)
{
    q->at++;
    if (!q->err) keep(q, sqlite3_bind_blob64(q->stmt, q->at, p, n, SQLITE_STATIC));
}
void wijk__q_null(struct wijk__q *q)
{
    q->at++;
    if (!q->err) keep(q, sqlite3_bind_null(q->stmt, q->at));
}

bool wijk__q_row(struct wijk__q *q)
{
    if (q->err) return false;
    int rc = sqlite3_step(q->stmt);
    if (rc == SQLITE_ROW) return true;
    if (rc != SQLITE_DONE) keep(q, rc);
    return false;
}

void wijk__q_again(struct wijk__q *q)
{
    q->at = 0;
    if (q->err) return;
    sqlite3_reset(q->stmt);
    sqlite3_clear_bindings(q->stmt);
}

enum wijk_err wijk__q_end(struct wijk__q *q)
{
    keep(q, sqlite3_finalize(q->stmt)); /* also when memory ran out while a value was fetched */
    q->stmt = NULL;
    return q->err;
}

enum wijk_err wijk__q_done(struct wijk__q *q)
{
    while (wijk__q_row(q)) {
    }
    return wijk__q_end(q);
}

int64_t wijk__q_get_int(struct wijk__q *q, int column)
{
    return sqlite3_column_int64(q->stmt, column);
}
double wijk__q_get_real(struct wijk__q *q, int column)
{
    return sqlite3_column_type(q->stmt, column) == SQLITE_NULL ? NAN : sqlite3_column_double(q->stmt, column);
}
const char *wijk__q_get_text(struct wijk__q *q, int column)
{
    const unsigned char *s = sqlite3_column_text(q->stmt, column);
    if (!s) return NULL;
    return wijk_str_dup(q->cx,
                        (struct wijk_str){(const char *)s, (size_t)sqlite3_column_bytes(q->stmt, column)});
}
struct wijk_str wijk__q_get_blob(struct wijk__q *q, int column)
{
    const void *p = sqlite3_column_blob(q->stmt, column);
    size_t n = (size_t)sqlite3_column_bytes(q->stmt, column);
    if (!p && sqlite3_column_type(q->stmt, column) != SQLITE_NULL) p = "";
    return (struct wijk_str){p, n};
}

enum wijk_err wijk__store_exec(struct wijk_cx *cx, struct wijk_store *store, const char *sql)
{
    int rc = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? WIJK_OK : wijk__store_fault(cx, store, rc);
}

enum wijk_err wijk__store_number(struct wijk_cx *cx, struct wijk_store *store, const char *sql, int64_t *out)
{
    struct wijk__q q = wijk__q(cx, store, sql);
    *out = wijk__q_row(&q) ? wijk__q_get_int(&q, 0) : 0;
    return wijk__q_end(&q);
}
