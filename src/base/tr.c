/* SPDX-License-Identifier: EUPL-1.2 */
/* English for the Dutch source texts. The catalogue is made by gettext's tools from po/en.po and stands in
 * the program; it is looked up per context, so that one server can speak both languages at once and no locale
 * is set. */
#include "base/base_int.h"
#include "base/embedded.h"

#include <string.h>

extern const struct wijk_embedded wijk_po_files[];

/* A GNU .mo file: magic, revision, count, offset of the sorted originals, offset of the translations. */
static uint32_t word(const unsigned char *mo, size_t at)
{
    uint32_t v;
    memcpy(&v, mo + at, 4);
    return v;
}

const char *wijk_tr_lang(enum wijk_lang lang, const char *dutch)
{
    const struct wijk_embedded *f = wijk_po_files;
    if (lang != WIJK_EN || !*dutch || !f->name || f->n < 28 || word(f->bytes, 0) != 0x950412de) return dutch;
    size_t originals = word(f->bytes, 12), translations = word(f->bytes, 16), low = 0,
           high = word(f->bytes, 8);
    while (low < high) {
        size_t mid = (low + high) / 2;
        int c = strcmp(dutch, (const char *)f->bytes + word(f->bytes, originals + 8 * mid + 4));
        if (c == 0) return (const char *)f->bytes + word(f->bytes, translations + 8 * mid + 4);
        if (c < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return dutch;
}

const char *wijk_tr(const struct wijk_cx *cx, const char *dutch)
{
    return wijk_tr_lang(cx->lang, dutch);
}

enum wijk_lang wijk_lang_from(const char *locale)
{
    return locale && (locale[0] == 'e' || locale[0] == 'E') && (locale[1] == 'n' || locale[1] == 'N')
               ? WIJK_EN
               : WIJK_NL;
}
