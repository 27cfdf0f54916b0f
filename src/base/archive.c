/* SPDX-License-Identifier: EUPL-1.2 */
/* Reads the central directory of a zip (APPNOTE 6.3.3, sections 4.3.7, 4.3.12 and 4.3.16) and then unpacks
 * every file once into nothing, counting: a table of contents can say anything, and GDAL, which unpacks
 * later, believes it. What passes here has the sizes, the checksums and the names that the table promises. */
#include "base/base.h"

#include <limits.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

enum {
    END_SIZE = 22,
    ENTRY_SIZE = 46,
    LOCAL_SIZE = 30,
    COMMENT_MAX = 65535,
    STORED = 0,
    DEFLATED = 8,
    ROOM = 64 << 10
};

/* One file, as the table of contents tells it. */
struct entry {
    struct wijk_str name;
    uint32_t flags, method, crc;
    size_t packed, unpacked, local;
    const char *data; /* its packed bytes, once they have been found */
};

static uint32_t u16(const char *p)
{
    return (uint32_t)(unsigned char)p[0] | (uint32_t)(unsigned char)p[1] << 8;
}

static uint32_t u32(const char *p)
{
    return u16(p) | u16(p + 2) << 16;
}

/* The end record stands at the very end, behind at most a comment. */
static const char *find_end(struct wijk_str zip)
{
    if (zip.n < END_SIZE) return NULL;
    size_t back = zip.n - END_SIZE < COMMENT_MAX ? zip.n - END_SIZE : COMMENT_MAX;
    for (size_t i = 0; i <= back; i++) {
        const char *p = zip.p + zip.n - END_SIZE - i;
        if (memcmp(p, "PK\5\6", 4) == 0 && u16(p + 20) == i) return p;
    }
    return NULL;
}

static bool climbs(struct wijk_str name)
{
    for (size_t at = 0; at <= name.n;) {
        size_t end = at;
        while (end < name.n && name.p[end] != '/' && name.p[end] != '\\') end++;
        if (end - at == 2 && name.p[at] == '.' && name.p[at + 1] == '.') return true;
        at = end + 1;
    }
    return false;
}

static bool has_ending(struct wijk_str name, const char *ending)
{
    size_t n = strlen(ending);
    return name.n >= n && strncasecmp(name.p + name.n - n, ending, n) == 0;
}

static bool is_archive(struct wijk_str name)
{
    static const char *const ENDINGS[] = {".zip", ".gz", ".tgz", ".tar", ".bz2",
                                          ".xz",  ".7z", ".rar", ".zst"};
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++)
        if (has_ending(name, ENDINGS[i])) return true;
    return false;
}

static enum wijk_err check_name(struct wijk_cx *cx, const struct entry *e, const char *label)
{
    struct wijk_str name = e->name;
    if (name.n == 0 || memchr(name.p, 0, name.n) || name.p[0] == '/' || name.p[0] == '\\' ||
        memchr(name.p, ':', name.n) || climbs(name))
        return wijk_fail(cx, WIJK_EPARSE,
                         "%s: het zipbestand bevat een pad dat erbuiten wijst; dat is niet veilig", label);
    if (is_archive(name))
        return wijk_fail(cx, WIJK_EPARSE, "%s: in het zipbestand zit weer een archief; pak dat eerst uit",
                         label);
    return WIJK_OK;
}

static enum wijk_err check_kind(struct wijk_cx *cx, const struct entry *e, uint32_t attributes,
                                const char *label)
{
    const uint32_t encrypted = 1, folder = 0x4000, file = 0x8000, type_mask = 0xF000;
    uint32_t type = attributes >> 16 & type_mask;
    if (e->flags & encrypted)
        return wijk_fail(cx, WIJK_EPARSE, "%s: het zipbestand is met een wachtwoord beveiligd", label);
    if (type && type != folder && type != file)
        return wijk_fail(cx, WIJK_EPARSE,
                         "%s: het zipbestand bevat een verwijzing (link); dat is niet veilig", label);
    if (e->method != STORED && e->method != DEFLATED)
        return wijk_fail(cx, WIJK_EPARSE,
                         "%s: het zipbestand is ingepakt op een manier die Wijkregie niet kent (%u). Pak het "
                         "opnieuw in als gewoon zipbestand",
                         label, (unsigned)e->method);
    return WIJK_OK;
}

static enum wijk_err fail_damaged(struct wijk_cx *cx, const struct entry *e, const char *label)
{
    return wijk_fail(cx, WIJK_EPARSE, "%s: het bestand %s in het zipbestand is beschadigd", label,
                     wijk_str_dup(cx, e->name));
}

/* The file's own header must tell the same as the table: readers differ in which of the two they believe. */
static enum wijk_err find_data(struct wijk_cx *cx, struct wijk_str zip, struct entry *e, const char *label)
{
    if (e->local > zip.n || zip.n - e->local < LOCAL_SIZE) return fail_damaged(cx, e, label);
    const char *local = zip.p + e->local;
    size_t n_name = u16(local + 26), front = LOCAL_SIZE + n_name + u16(local + 28);
    if (memcmp(local, "PK\3\4", 4) != 0 || front > zip.n - e->local || e->packed > zip.n - e->local - front)
        return fail_damaged(cx, e, label);
    if (!wijk_str_eq((struct wijk_str){local + LOCAL_SIZE, n_name}, e->name) || u16(local + 8) != e->method ||
        (u16(local + 6) & 1))
        return wijk_fail(cx, WIJK_EPARSE,
                         "%s: de inhoudsopgave van het zipbestand zegt iets anders dan het bestand %s zelf",
                         label, wijk_str_dup(cx, e->name));
    e->data = local + front;
    return WIJK_OK;
}

/* Unpacks into `into` (room for e->unpacked bytes), or into nothing. true: every byte came out as promised.
 */
static bool inflates(const struct entry *e, char *into, char *room)
{
    z_stream z = {.next_in = (z_const Bytef *)(uintptr_t)e->data, .avail_in = (uInt)e->packed};
    uLong crc = crc32(0, Z_NULL, 0);
    size_t n = 0;
    int err = Z_OK;
    if (inflateInit2(&z, -MAX_WBITS) != Z_OK) return false;
    while (err == Z_OK && n <= e->unpacked) {
        z.next_out = (Bytef *)room;
        z.avail_out = ROOM;
        err = inflate(&z, Z_NO_FLUSH);
        size_t got = ROOM - z.avail_out;
        if (err != Z_OK && err != Z_STREAM_END) break;
        if (got > e->unpacked - n) got = 0, err = Z_DATA_ERROR;
        if (into) memcpy(into + n, room, got);
        crc = crc32(crc, (const Bytef *)room, (uInt)got);
        n += got;
        if (got == 0 && z.avail_in == 0 && err == Z_OK) break;
    }
    inflateEnd(&z);
    return err == Z_STREAM_END && n == e->unpacked && crc == e->crc;
}

static bool comes_out(const struct entry *e, char *into, char *room)
{
    if (e->method == DEFLATED) return inflates(e, into, room);
    if (e->packed != e->unpacked) return false;
    if (into) memcpy(into, e->data, e->packed);
    return crc32(crc32(0, Z_NULL, 0), (const Bytef *)e->data, (uInt)e->packed) == e->crc;
}

/* One line of the table at *at, which moves behind it. */
static enum wijk_err read_entry(struct wijk_cx *cx, struct wijk_str zip, size_t end_at, size_t *at,
                                struct entry *e, const char *label)
{
    const char *p = zip.p + *at;
    if (end_at - *at < ENTRY_SIZE || memcmp(p, "PK\1\2", 4) != 0 ||
        end_at - *at - ENTRY_SIZE < (size_t)u16(p + 28) + u16(p + 30) + u16(p + 32))
        return wijk_fail(cx, WIJK_EPARSE, "%s: de inhoudsopgave van het zipbestand klopt niet", label);
    *e = (struct entry){.name = {p + ENTRY_SIZE, u16(p + 28)},
                        .flags = u16(p + 8),
                        .method = u16(p + 10),
                        .crc = u32(p + 16),
                        .packed = u32(p + 20),
                        .unpacked = u32(p + 24),
                        .local = u32(p + 42)};
    *at += ENTRY_SIZE + e->name.n + u16(p + 30) + u16(p + 32);
    WIJK_TRY(check_name(cx, e, label));
    return check_kind(cx, e, u32(p + 38), label);
}

/* Two files of one name, in whatever case: which of them is read differs per program. */
static enum wijk_err check_twice(struct wijk_cx *cx, const struct entry *list, size_t n, const char *label)
{
    const struct entry *e = &list[n];
    for (size_t i = 0; i < n; i++)
        if (list[i].name.n == e->name.n && strncasecmp(list[i].name.p, e->name.p, e->name.n) == 0)
            return wijk_fail(cx, WIJK_EPARSE, "%s: het zipbestand bevat twee keer %s", label,
                             wijk_str_dup(cx, e->name));
    return WIJK_OK;
}

static enum wijk_err read_table(struct wijk_cx *cx, struct wijk_str zip, const char *label, size_t max,
                                const struct entry **out, size_t *n)
{
    const char *end = find_end(zip);
    if (!end)
        return wijk_fail(cx, WIJK_EPARSE,
                         "%s: dit is geen zipbestand, of het is afgebroken. Haal het opnieuw op", label);
    size_t count = u16(end + 10), size = u32(end + 12), at = u32(end + 16), end_at = (size_t)(end - zip.p);
    if (count > WIJK_ARCHIVE_FILES)
        return wijk_fail(cx, WIJK_ELIMIT, "%s: meer dan %d bestanden in het zipbestand", label,
                         WIJK_ARCHIVE_FILES);
    if (at > end_at || size > end_at - at)
        return wijk_fail(cx, WIJK_EPARSE, "%s: de inhoudsopgave van het zipbestand klopt niet", label);
    struct entry *list = WIJK_NEW(cx, struct entry, count + 1);
    size_t unpacked = 0;
    for (size_t i = 0; i < count; i++) {
        WIJK_TRY(read_entry(cx, zip, end_at, &at, &list[i], label));
        WIJK_TRY(check_twice(cx, list, i, label));
        unpacked += list[i].unpacked;
        if (unpacked > max)
            return wijk_fail(cx, WIJK_ELIMIT, "%s: uitgepakt meer dan %zu MB", label, max >> 20);
    }
    *out = list;
    *n = count;
    return WIJK_OK;
}

enum wijk_err wijk_archive_list(struct wijk_cx *cx, struct wijk_str zip, const char *label, size_t max,
                                const char *const **names, size_t *n)
{
    const struct entry *entry;
    size_t count;
    WIJK_TRY(read_table(cx, zip, label, max, &entry, &count));
    const char **list = WIJK_NEW(cx, const char *, count + 1);
    char *room = WIJK_NEW(cx, char, ROOM);
    *n = 0;
    for (size_t i = 0; i < count; i++) {
        struct entry e = entry[i];
        WIJK_TRY(find_data(cx, zip, &e, label));
        if (!comes_out(&e, NULL, room)) return fail_damaged(cx, &e, label);
        if (e.name.p[e.name.n - 1] != '/') list[(*n)++] = wijk_str_dup(cx, e.name);
    }
    *names = list;
    return WIJK_OK;
}

enum wijk_err wijk_archive_unpack(struct wijk_cx *cx, struct wijk_str zip, const char *label, size_t max,
                                  const char *name, struct wijk_str *out)
{
    const struct entry *entry;
    size_t count;
    WIJK_TRY(read_table(cx, zip, label, max, &entry, &count));
    for (size_t i = 0; i < count; i++) {
        struct entry e = entry[i];
        if (!wijk_str_eq(e.name, wijk_str(name))) continue;
        WIJK_TRY(find_data(cx, zip, &e, label));
        char *into = WIJK_NEW(cx, char, e.unpacked);
        if (!comes_out(&e, into, WIJK_NEW(cx, char, ROOM))) return fail_damaged(cx, &e, label);
        *out = (struct wijk_str){into, e.unpacked};
        return WIJK_OK;
    }
    return wijk_fail(cx, WIJK_ENOTFOUND, "%s: in het zipbestand zit geen %s", label, name);
}

/* ---- piece by piece ---- */

struct unpacking {
    struct entry e;
    z_stream z;
    size_t given;
    bool ended;
};

static voidpf take_room(voidpf cx, uInt n, uInt size)
{
    return wijk_alloc(cx, (size_t)n * size);
}

static void keep_room(voidpf cx, voidpf p)
{
    (void)cx, (void)p; /* goes with its context */
}

static ptrdiff_t read_stored(struct unpacking *u, void *into, size_t n)
{
    size_t left = u->e.packed - u->given, got = left < n ? left : n;
    memcpy(into, u->e.data + u->given, got);
    u->given += got;
    return (ptrdiff_t)got;
}

static ptrdiff_t read_unpacked(void *self, void *into, size_t n)
{
    struct unpacking *u = self;
    if (u->e.method == STORED) return read_stored(u, into, n);
    if (u->ended || n == 0) return 0;
    u->z.next_out = into;
    u->z.avail_out = n < UINT_MAX ? (uInt)n : UINT_MAX;
    const uInt room = u->z.avail_out;
    const int err = inflate(&u->z, Z_NO_FLUSH);
    const size_t got = room - u->z.avail_out;
    u->ended = err != Z_OK;
    u->given += got;
    return u->given > u->e.unpacked || (err != Z_OK && err != Z_STREAM_END) ? -1 : (ptrdiff_t)got;
}

enum wijk_err wijk_archive_open(struct wijk_cx *cx, struct wijk_str zip, const char *label, size_t max,
                                const char *name, struct wijk_in *out, uint64_t *bytes)
{
    const struct entry *entry;
    size_t count;
    WIJK_TRY(read_table(cx, zip, label, max, &entry, &count));
    for (size_t i = 0; i < count; i++) {
        if (!wijk_str_eq(entry[i].name, wijk_str(name))) continue;
        struct unpacking *u = WIJK_NEW(cx, struct unpacking, 1);
        u->e = entry[i];
        WIJK_TRY(find_data(cx, zip, &u->e, label));
        if (u->e.method == STORED && u->e.packed != u->e.unpacked) return fail_damaged(cx, &u->e, label);
        u->z = (z_stream){.next_in = (z_const Bytef *)(uintptr_t)u->e.data,
                          .avail_in = (uInt)u->e.packed,
                          .zalloc = take_room,
                          .zfree = keep_room,
                          .opaque = cx};
        if (u->e.method == DEFLATED && inflateInit2(&u->z, -MAX_WBITS) != Z_OK)
            return fail_damaged(cx, &u->e, label);
        *out = (struct wijk_in){read_unpacked, u, label};
        *bytes = u->e.unpacked;
        return WIJK_OK;
    }
    return wijk_fail(cx, WIJK_ENOTFOUND, "%s: in het zipbestand zit geen %s", label, name);
}
