/* SPDX-License-Identifier: EUPL-1.2 */
/* Reads the central directory of a zip (APPNOTE 6.3.3, sections 4.3.12 and 4.3.16). Only sizes and names are
 * taken from it; the unpacking itself is GDAL's, inside the sandbox and its memory limit. */
#include "read/archive.h"

#include <string.h>
#include <strings.h>

enum { END_SIZE = 22, ENTRY_SIZE = 46, COMMENT_MAX = 65535 };

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

static enum wijk_err check_entry(struct wijk_cx *cx, const char *entry, struct wijk_str name,
                                 const char *label)
{
    const uint32_t encrypted = 1, link = 0xA000, type_mask = 0xF000;
    if (name.n == 0 || memchr(name.p, 0, name.n) || name.p[0] == '/' || name.p[0] == '\\' ||
        memchr(name.p, ':', name.n) || climbs(name))
        return wijk_fail(cx, WIJK_EPARSE,
                         "%s: het zipbestand bevat een pad dat erbuiten wijst; dat is niet veilig", label);
    if (u16(entry + 8) & encrypted)
        return wijk_fail(cx, WIJK_EPARSE, "%s: het zipbestand is met een wachtwoord beveiligd", label);
    if ((u32(entry + 38) >> 16 & type_mask) == link)
        return wijk_fail(cx, WIJK_EPARSE,
                         "%s: het zipbestand bevat een verwijzing (link); dat is niet veilig", label);
    if (is_archive(name))
        return wijk_fail(cx, WIJK_EPARSE, "%s: in het zipbestand zit weer een archief; pak dat eerst uit",
                         label);
    return WIJK_OK;
}

enum wijk_err wijk__archive_list(struct wijk_cx *cx, struct wijk_str zip, const char *label,
                                 const char *const **names, size_t *n)
{
    const char *end = find_end(zip);
    if (!end)
        return wijk_fail(cx, WIJK_EPARSE,
                         "%s: dit is geen zipbestand, of het is afgebroken. Haal het opnieuw op", label);
    size_t count = u16(end + 10), size = u32(end + 12), at = u32(end + 16), end_at = (size_t)(end - zip.p);
    if (count > WIJK__ARCHIVE_FILES)
        return wijk_fail(cx, WIJK_ELIMIT, "%s: meer dan %d bestanden in het zipbestand", label,
                         WIJK__ARCHIVE_FILES);
    if (at > end_at || size > end_at - at)
        return wijk_fail(cx, WIJK_EPARSE, "%s: de inhoudsopgave van het zipbestand klopt niet", label);
    const char **list = WIJK_NEW(cx, const char *, count + 1);
    uint64_t unpacked = 0;
    *n = 0;
    for (size_t i = 0; i < count; i++) {
        const char *entry = zip.p + at;
        if (end_at - at < ENTRY_SIZE || memcmp(entry, "PK\1\2", 4) != 0 ||
            end_at - at - ENTRY_SIZE < (size_t)u16(entry + 28) + u16(entry + 30) + u16(entry + 32))
            return wijk_fail(cx, WIJK_EPARSE, "%s: de inhoudsopgave van het zipbestand klopt niet", label);
        struct wijk_str name = {entry + ENTRY_SIZE, u16(entry + 28)};
        WIJK_TRY(check_entry(cx, entry, name, label));
        unpacked += u32(entry + 24);
        if (unpacked > WIJK__ARCHIVE_UNPACKED)
            return wijk_fail(cx, WIJK_ELIMIT, "%s: uitgepakt meer dan %d MB", label,
                             WIJK__ARCHIVE_UNPACKED >> 20);
        if (name.p[name.n - 1] != '/') list[(*n)++] = wijk_str_dup(cx, name);
        at += ENTRY_SIZE + name.n + u16(entry + 30) + u16(entry + 32);
    }
    *names = list;
    return WIJK_OK;
}
