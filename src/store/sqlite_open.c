/* SPDX-License-Identifier: EUPL-1.2 */
/* Opening, creating and closing a store, its transactions, and the facts about it. */
#include "store/store_int.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUSY_MS = 5000, HEADER = 100, LENGTH_MAX = 512 << 20 };

/* ---- connection ---- */

const char *wijk__store_uri(struct wijk_cx *cx, const char *path, const char *query)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    wijk_buf_str(&b, *path == '/' ? "file://" : "file:");
    while (path[0] == '/' && path[1] == '/') path++;
    for (const char *c = path; *c; c++) {
        bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') ||
                     strchr("/._-", *c);
        if (plain)
            wijk_buf_char(&b, *c);
        else
            wijk_buf_printf(&b, "%%%02X", (unsigned char)*c);
    }
    wijk_buf_str(&b, query);
    return wijk_buf_cstr(&b);
}

static enum wijk_err refuse_postgres(struct wijk_cx *cx, const char *url)
{
    struct wijk_str s = wijk_str(url);
    if (!wijk_str_starts(s, "postgresql:") && !wijk_str_starts(s, "postgres:")) return WIJK_OK;
    return wijk_fail(cx, WIJK_EUSAGE,
                     "Deze uitvoering van Wijkregie werkt met een bestand, niet met een PostgreSQL-adres");
}

/* After a commit, which is durable by now: the log goes into the file when it is long. SQLite does the same
 * by itself, but keeps to itself that the disk failed there. */
static int after_commit(void *self, sqlite3 *db, const char *name, int pages)
{
    enum { LONG = 1000 };
    if (pages >= LONG) {
        int rc = sqlite3_wal_checkpoint_v2(db, name, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
        if ((rc & 0xff) == SQLITE_IOERR) wijk__store_felt(self, rc);
    }
    return SQLITE_OK;
}

static enum wijk_err configure(struct wijk_cx *cx, struct wijk_store *store)
{
    sqlite3_wal_hook(store->db, after_commit, store);
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_busy_timeout(store->db, BUSY_MS);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    /* Triggers and views are text from the file: never run. The R-tree, kept by triggers for others, is kept
     * by sqlite_areas.c for us; with an untrusted schema a trigger could not reach it anyway. */
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, LENGTH_MAX);
    wijk__gpkg_register(store->db);
    return wijk__store_exec(cx, store,
                            "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON; PRAGMA mmap_size = 0;"
                            "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY");
}

static enum wijk_err open_file(struct wijk_cx *cx, struct wijk_store *store, const char *query, int flags)
{
    int rc = sqlite3_open_v2(wijk__store_uri(cx, store->path, query), &store->db,
                             flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, wijk__disk());
    return rc == SQLITE_OK ? WIJK_OK : wijk__store_fault(cx, store, rc);
}

static void disconnect(struct wijk_store *store)
{
    sqlite3_close_v2(store->db);
    store->db = NULL;
}

/* ---- is it ours? ---- */

/* Is there a file that could be one? Without opening it: a descriptor of our own that is closed again would
 * take the locks of every connection of this process away (fcntl), and another process would then end the log
 * that we still write to. */
static enum wijk_err check_file(struct wijk_cx *cx, const char *path)
{
    struct stat st;
    int why = stat(path, &st) || faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) ? errno : 0;
    if (!why && S_ISDIR(st.st_mode)) why = EISDIR;
    if (why) return wijk__file_fault(cx, path, why);
    if (S_ISREG(st.st_mode)) return WIJK_OK;
    return wijk_fail(cx, WIJK_EIO, "%s is geen gewoon bestand", wijk__file_label(cx, path));
}

/* Of the open file, through the descriptor that SQLite has. */
static enum wijk_err check_header(struct wijk_cx *cx, struct wijk_store *store)
{
    sqlite3_file *file = NULL;
    unsigned char head[HEADER] = {0};
    int rc = sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (rc == SQLITE_OK && file && file->pMethods) rc = file->pMethods->xRead(file, head, HEADER, 0);
    if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ) return wijk__store_fault(cx, store, rc);
    if (rc != SQLITE_OK || memcmp(head, "SQLite format 3", 16) != 0)
        return wijk_fail(cx, WIJK_ESTORE, "%s is geen Wijkregie-bestand", store->label);
    if (memcmp(head + 68, "GPKG", 4) != 0)
        return wijk_fail(cx, WIJK_ESTORE, "%s is een SQLite-bestand, maar geen Wijkregie-bestand",
                         store->label);
    return WIJK_OK;
}

static enum wijk_err connect_to(struct wijk_cx *cx, struct wijk_store *store, const char *query, int flags)
{
    WIJK_TRY(open_file(cx, store, query, flags));
    WIJK_TRY(check_header(cx, store));
    return configure(cx, store);
}

static enum wijk_err read_schema(struct wijk_cx *cx, struct wijk_store *store, int *schema)
{
    int64_t ours, number = 0;
    WIJK_TRY(wijk__store_number(
        cx, store, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'wijk_store'", &ours));
    if (!ours)
        return wijk_fail(cx, WIJK_ESTORE, "%s is een GeoPackage, maar geen Wijkregie-bestand", store->label);
    WIJK_TRY(wijk__store_number(cx, store, "SELECT schema FROM wijk_store", &number));
    if (number > wijk__schema_newest())
        return wijk_fail(
            cx, WIJK_ESTORE,
            "%s is gemaakt met een nieuwere Wijkregie (vorm %d; deze kent vorm %d); werk het programma bij",
            store->label, (int)number, wijk__schema_newest());
    if (number < 1)
        return wijk_fail(cx, WIJK_ESTORE, "%s is beschadigd; zet een back-up terug", store->label);
    *schema = (int)number;
    return WIJK_OK;
}

/* ---- open and close ---- */

static struct wijk_store *handle_new(struct wijk_cx *cx, const char *path, enum wijk_store_mode mode)
{
    struct wijk_store *store = WIJK_NEW(cx, struct wijk_store, 1);
    store->cx = cx;
    store->path = wijk_str_dup(cx, wijk_str(path));
    store->label = wijk__file_label(cx, path);
    store->mode = mode;
    store->fate = &store->own_fate;
    return store;
}

void wijk_store_share(struct wijk_store *store, struct wijk_store_fate *fate)
{
    if (store->fate->broken) fate->broken = true;
    store->fate = fate;
}

static enum wijk_err upgrade(struct wijk_cx *cx, struct wijk_store *store, void *from)
{
    return wijk__schema_upgrade(cx, store, *(int *)from);
}

static bool folder_is_writable(struct wijk_cx *cx, const struct wijk_store *store)
{
    return !faccessat(AT_FDCWD, wijk__file_folder(cx, store->path), W_OK | X_OK, AT_EACCESS);
}

/* The log goes into the folder: better told now than after an hour of reading. */
static enum wijk_err refuse_read_only(struct wijk_cx *cx, struct wijk_store *store)
{
    if (faccessat(AT_FDCWD, store->path, W_OK, AT_EACCESS))
        return wijk__store_fault(cx, store, SQLITE_READONLY);
    if (folder_is_writable(cx, store)) return WIJK_OK;
    return wijk_fail(cx, WIJK_EIO,
                     "%s: in deze map kan niet geschreven worden, en dat is nodig om te bewaren",
                     store->label);
}

static enum wijk_err open_write(struct wijk_cx *cx, struct wijk_store *store)
{
    WIJK_TRY(refuse_read_only(cx, store));
    WIJK_TRY(connect_to(cx, store, "?mode=rw", SQLITE_OPEN_READWRITE));
    if (sqlite3_db_readonly(store->db, "main") == 1) return wijk__store_fault(cx, store, SQLITE_READONLY);
    int schema;
    WIJK_TRY(read_schema(cx, store, &schema));
    if (schema == wijk__schema_newest()) return WIJK_OK;
    return wijk_store_in_transaction(cx, store, upgrade, &schema);
}

/* The file beside the store in which pages wait: another writer is at work, or one was killed. NULL none. */
static const char *pending(struct wijk_cx *cx, const struct wijk_store *store)
{
    static const char *const SUFFIX[] = {"-wal", "-journal"};
    struct stat st;
    for (size_t k = 0; k < sizeof SUFFIX / sizeof *SUFFIX; k++)
        if (!stat(wijk_sprintf(cx, "%s%s", store->path, SUFFIX[k]), &st) && st.st_size > 0) return SUFFIX[k];
    return NULL;
}

/* An older form is read through a copy of our own that is brought to the newest; the file stays as it is. */
static enum wijk_err look_at_copy(struct wijk_cx *cx, struct wijk_store *store, int schema)
{
    sqlite3 *file = store->db;
    int rc = sqlite3_open_v2("", &store->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, wijk__disk());
    sqlite3_backup *copy = rc == SQLITE_OK ? sqlite3_backup_init(store->db, "main", file, "main") : NULL;
    if (copy) sqlite3_backup_step(copy, -1);
    rc = copy ? sqlite3_backup_finish(copy) : sqlite3_errcode(store->db);
    enum wijk_err err = rc == SQLITE_OK ? WIJK_OK : wijk__store_fault(cx, store, rc);
    sqlite3_close_v2(file);
    WIJK_TRY(err);
    WIJK_TRY(configure(cx, store));
    store->mode = WIJK_STORE_WRITE;
    store->ready = true; /* no log: nobody else knows the copy */
    err = wijk_store_in_transaction(cx, store, upgrade, &schema);
    store->mode = WIJK_STORE_READ;
    store->ready = false;
    return err ? err : wijk__store_exec(cx, store, "PRAGMA query_only = ON");
}

static enum wijk_err look(struct wijk_cx *cx, struct wijk_store *store, const char *query, int flags)
{
    int schema;
    disconnect(store);
    WIJK_TRY(connect_to(cx, store, query, flags));
    WIJK_TRY(read_schema(cx, store, &schema));
    return schema == wijk__schema_newest() ? WIJK_OK : look_at_copy(cx, store, schema);
}

static enum wijk_err open_read(struct wijk_cx *cx, struct wijk_store *store)
{
    enum wijk_err err = look(cx, store, "?mode=ro", SQLITE_OPEN_READONLY);
    int rc = sqlite3_extended_errcode(store->db);
    if (err != WIJK_EIO || ((rc & 0xff) != SQLITE_CANTOPEN && (rc & 0xff) != SQLITE_READONLY)) return err;
    if (folder_is_writable(cx, store)) {
        if (rc != SQLITE_READONLY_ROLLBACK) return err;
        /* A writer was killed: its journal is undone first, as any writer would. */
        WIJK_TRY(look(cx, store, "?mode=rw", SQLITE_OPEN_READWRITE));
        return look(cx, store, "?mode=ro", SQLITE_OPEN_READONLY);
    }
    const char *suffix = pending(cx, store);
    if (suffix)
        return wijk_fail(
            cx, WIJK_EIO,
            "%s is niet te lezen: er hoort een logbestand bij (%s%s) en in deze map kan niet geschreven "
            "worden. Kopieer beide bestanden naar een map waar dat wel kan",
            store->label, store->label, suffix);
    /* SQLite cannot place its -shm here, but nobody can write here either and nothing is pending: the file
     * may be read as if it never changes. */
    return look(cx, store, "?mode=ro&immutable=1", SQLITE_OPEN_READONLY);
}

enum wijk_err wijk_store_open(struct wijk_cx *cx, const char *url, enum wijk_store_mode mode,
                              struct wijk_store **out)
{
    WIJK_TRY(refuse_postgres(cx, url));
    WIJK_TRY(check_file(cx, url));
    struct wijk_store *store = handle_new(cx, url, mode);
    enum wijk_err err = mode == WIJK_STORE_WRITE ? open_write(cx, store) : open_read(cx, store);
    if (err)
        disconnect(store);
    else
        *out = store;
    return err;
}

void wijk_store_empty_log(struct wijk_store *store)
{
    if (store->mode != WIJK_STORE_WRITE || store->fate->broken || store->in_transaction || !store->ready)
        return;
    sqlite3_busy_timeout(store->db, 0);
    int rc = sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    if ((rc & 0xff) == SQLITE_IOERR) wijk__store_felt(store, rc);
    sqlite3_busy_timeout(store->db, BUSY_MS);
}

void wijk_store_close(struct wijk_store *store)
{
    if (!store || !store->db) return;
    wijk_store_rollback(store);
    bool sound = store->mode == WIJK_STORE_WRITE && !store->fate->broken;
    bool fold = sound && store->ready, tidy = sound && !store->ready && !pending(store->cx, store);
    /* Who only looked leaves a log with pages in it to the next writer; after an I/O error nothing is
     * written. */
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, !fold && !tidy, NULL);
    /* The last writer leaves one plain file that any reader can open anywhere. With others still reading the
     * change of journal is refused; then the log is emptied as far as it goes. */
    if (fold) {
        sqlite3_busy_timeout(store->db, 0);
        if (sqlite3_exec(store->db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) != SQLITE_OK)
            sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    }
    disconnect(store);
}

/* ---- create ---- */

static enum wijk_err build_empty(struct wijk_cx *cx, struct wijk_store *store)
{
    WIJK_TRY(open_file(cx, store, "?mode=rw", SQLITE_OPEN_READWRITE));
    WIJK_TRY(configure(cx, store));
    /* A national vector is 112 kB: larger pages are a shorter chain. No journal: until it is published nobody
     * knows the file, and a failure throws it away. */
    WIJK_TRY(wijk__store_exec(cx, store, "PRAGMA page_size = 8192; PRAGMA journal_mode = MEMORY"));
    store->ready = true;
    int none = 0;
    return wijk_store_in_transaction(cx, store, upgrade, &none);
}

enum wijk_err wijk_store_create(struct wijk_cx *cx, const char *url, struct wijk_store **out)
{
    WIJK_TRY(refuse_postgres(cx, url));
    struct stat st;
    if (!lstat(url, &st)) return wijk__file_fault(cx, url, EEXIST);
    const char *temp;
    int fd;
    WIJK_TRY(wijk__file_temp(cx, url, &temp, &fd));
    struct wijk_store *store = handle_new(cx, temp, WIJK_STORE_WRITE);
    store->label = wijk__file_label(cx, url);
    enum wijk_err err = build_empty(cx, store);
    disconnect(store);
    if (!err && fsync(fd)) err = wijk__file_fault(cx, url, errno);
    if (err)
        wijk__file_drop(temp);
    else
        err = wijk__file_publish(cx, temp, url, false);
    close(fd);
    return err ? err : wijk_store_open(cx, url, WIJK_STORE_WRITE, out);
}

/* ---- transactions ---- */

static enum wijk_err refuse_broken(struct wijk_cx *cx, struct wijk_store *store)
{
    if (!store->fate->broken || store->mode != WIJK_STORE_WRITE) return WIJK_OK;
    return wijk_fail(
        cx, WIJK_EIO,
        "%s: eerder mislukte lezen of schrijven op de schijf; er wordt niets meer geschreven. Kijk de "
        "schijf na en start opnieuw",
        store->label);
}

/* The change to WAL is a write of its own, so it waits for the first transaction: whoever opens the store and
 * is then refused leaves its bytes as they were. */
static enum wijk_err to_wal(struct wijk_cx *cx, struct wijk_store *store)
{
    if (store->ready) return WIJK_OK;
    /* Where a reader is just looking, WAL may be refused; a rollback journal with FULL is as durable. */
    int rc = sqlite3_exec(store->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    if (rc != SQLITE_OK && (rc & 0xff) != SQLITE_BUSY) return wijk__store_fault(cx, store, rc);
    store->ready = true;
    return WIJK_OK;
}

static enum wijk_err begin(struct wijk_cx *cx, struct wijk_store *store)
{
    WIJK_TRY(wijk__store_exec(cx, store, "PRAGMA secure_delete = OFF")); /* people's writes set it on */
    WIJK_TRY(wijk__store_exec(cx, store, store->mode == WIJK_STORE_WRITE ? "BEGIN IMMEDIATE" : "BEGIN"));
    store->in_transaction = true;
    store->loaded = false;
    store->content = 0;
    store->changes_at_begin = store->rows_at_begin = sqlite3_total_changes64(store->db);
    return WIJK_OK;
}

enum wijk_err wijk_store_begin(struct wijk_cx *cx, struct wijk_store *store)
{
    WIJK_TRY(refuse_broken(cx, store));
    if (store->mode == WIJK_STORE_WRITE) WIJK_TRY(to_wal(cx, store));
    return begin(cx, store);
}

void wijk__store_note(struct wijk_store *store, const void *bytes, size_t n)
{
    store->content = wijk_hash64(bytes, n, store->content);
}

/* A new data_version out of the one before, the count of writes and what was written. */
static enum wijk_err next_version(struct wijk_cx *cx, struct wijk_store *store)
{
    struct wijk__q q = wijk__q(cx, store, "SELECT writes, data_version FROM wijk_store");
    int64_t writes = wijk__q_row(&q) ? wijk__q_get_int(&q, 0) + 1 : 1;
    const char *before = q.err ? "" : wijk__q_get_text(&q, 1);
    WIJK_TRY(wijk__q_end(&q));
    const char *stuff = wijk_sprintf(cx, "%s %lld %016llx", before ? before : "", (long long)writes,
                                     (unsigned long long)store->content);
    uint64_t hash = wijk_hash64(stuff, strlen(stuff), 0) & UINT64_C(0xffffffffffff);
    q = wijk__q(cx, store, "UPDATE wijk_store SET writes = ?, data_version = ?");
    wijk__q_int(&q, writes);
    wijk__q_text(&q, wijk_sprintf(cx, "%012llx", (unsigned long long)hash));
    return wijk__q_done(&q);
}

enum wijk_err wijk_store_commit(struct wijk_cx *cx, struct wijk_store *store)
{
    enum wijk_err err = WIJK_OK;
    if (sqlite3_total_changes64(store->db) != store->changes_at_begin) err = next_version(cx, store);
    if (!err && store->loaded) err = wijk__store_exec(cx, store, "PRAGMA analysis_limit = 400; ANALYZE");
    if (!err) err = wijk__store_exec(cx, store, "COMMIT");
    if (err) wijk_store_rollback(store);
    if (!err && sqlite3_total_changes64(store->db) != store->rows_at_begin) store->fate->full = false;
    store->in_transaction = false;
    return err;
}

void wijk_store_rollback(struct wijk_store *store)
{
    /* After some faults SQLite has undone the transaction by itself. */
    if (store->in_transaction && !sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store->in_transaction = false;
}

enum wijk_err wijk_store_in_transaction(struct wijk_cx *cx, struct wijk_store *store,
                                        enum wijk_err (*body)(struct wijk_cx *, struct wijk_store *, void *),
                                        void *arg)
{
    WIJK_TRY(wijk_store_begin(cx, store));
    enum wijk_err err = body(cx, store, arg);
    if (!err) return wijk_store_commit(cx, store);
    wijk_store_rollback(store);
    return err;
}

/* The journal in memory and no page out before its time: nothing of a trial reaches the disk, so a kill in
 * the middle leaves the file as it was too. A file in WAL stays in it: its main file is not touched either.
 */
static enum wijk_err trial_mode(struct wijk_cx *cx, struct wijk_store *store, bool on)
{
    if (store->ready) return WIJK_OK;
    struct wijk__q q = wijk__q(cx, store, "PRAGMA journal_mode");
    const char *mode = wijk__q_row(&q) ? wijk__q_get_text(&q, 0) : NULL;
    WIJK_TRY(wijk__q_end(&q));
    WIJK_TRY(wijk__store_exec(cx, store, on ? "PRAGMA cache_spill = OFF" : "PRAGMA cache_spill = ON"));
    if (!mode || strcmp(mode, "wal") == 0) return WIJK_OK;
    return wijk__store_exec(cx, store, on ? "PRAGMA journal_mode = MEMORY" : "PRAGMA journal_mode = DELETE");
}

enum wijk_err wijk_store_trial(struct wijk_cx *cx, struct wijk_store *store,
                               enum wijk_err (*body)(struct wijk_cx *, struct wijk_store *, void *),
                               void *arg)
{
    if (store->mode != WIJK_STORE_WRITE) return wijk__store_fault(cx, store, SQLITE_READONLY);
    WIJK_TRY(refuse_broken(cx, store));
    WIJK_TRY(trial_mode(cx, store, true));
    enum wijk_err err = begin(cx, store);
    if (!err) err = body(cx, store, arg);
    wijk_store_rollback(store);
    enum wijk_err after = trial_mode(cx, store, false);
    return err ? err : after;
}

enum wijk_err wijk__store_write(struct wijk_cx *cx, struct wijk_store *store,
                                enum wijk_err (*body)(struct wijk_cx *, struct wijk_store *, void *),
                                void *arg)
{
    if (store->mode != WIJK_STORE_WRITE) return wijk__store_fault(cx, store, SQLITE_READONLY);
    return store->in_transaction ? body(cx, store, arg) : wijk_store_in_transaction(cx, store, body, arg);
}

static int ask_whether_to_stop(void *self)
{
    const struct wijk_store *store = self;
    return !wijk_progress_step(store->watch, store->label, 0, 0);
}

void wijk_store_watch(struct wijk_store *store, const struct wijk_progress *progress)
{
    enum { OPERATIONS = 20000 }; /* of SQLite's machine: a few milliseconds */
    store->watch = progress;
    sqlite3_progress_handler(store->db, progress ? OPERATIONS : 0, progress ? ask_whether_to_stop : NULL,
                             store);
}

/* ---- facts ---- */

enum wijk_store_health wijk_store_health(const struct wijk_store *store)
{
    if (store->fate->broken) return WIJK_STORE_BROKEN;
    if (store->mode != WIJK_STORE_WRITE) return WIJK_STORE_READ_ONLY;
    return store->fate->full ? WIJK_STORE_FULL : WIJK_STORE_SOUND;
}

enum wijk_err wijk_store_info(struct wijk_cx *cx, struct wijk_store *store, struct wijk_store_info *out)
{
    struct wijk__q q = wijk__q(cx, store,
                               "SELECT title, fictional, data_version, schema,"
                               " (SELECT coalesce(min(loaded_at), '') FROM load) FROM wijk_store");
    if (wijk__q_row(&q))
        *out = (struct wijk_store_info){.title = wijk__q_get_text(&q, 0),
                                        .fictional = wijk__q_get_int(&q, 1) != 0,
                                        .data_version = wijk__q_get_text(&q, 2),
                                        .schema = (int)wijk__q_get_int(&q, 3),
                                        .created_at = wijk__q_get_text(&q, 4)};
    else if (!q.err)
        q.err = wijk_fail(cx, WIJK_ESTORE, "%s is beschadigd; zet een back-up terug", store->label);
    return wijk__q_end(&q);
}

struct title_in {
    const char *title;
    bool fictional;
};

static enum wijk_err set_title(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct title_in *in = arg;
    wijk__store_note(store, in->title, strlen(in->title));
    struct wijk__q q = wijk__q(cx, store, "UPDATE wijk_store SET title = ?, fictional = ?");
    wijk__q_text(&q, in->title);
    wijk__q_int(&q, in->fictional);
    return wijk__q_done(&q);
}

enum wijk_err wijk_store_set_title(struct wijk_cx *cx, struct wijk_store *store, const char *title,
                                   bool fictional)
{
    return wijk__store_write(cx, store, set_title, &(struct title_in){title, fictional});
}
