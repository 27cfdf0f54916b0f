/* SPDX-License-Identifier: EUPL-1.2 */
/* Who decided on a score, why, and until when it may be shown: the `record` of a weighing and of every other
 * entry of the register of algorithms. */
#include "domain/domain_int.h"

#include <stddef.h>

#define AT(member) offsetof(struct wijk_record, member)
static const struct wijk__def_field FIELD[] = {
    {"decided_by", WIJK__DEF_TEXT, false, AT(decided_by), 0, NULL},
    {"decided_on", WIJK__DEF_TEXT, false, AT(decided_on), 0, NULL},
    {"review_on", WIJK__DEF_TEXT, false, AT(review_on), 0, NULL},
    {"why", WIJK__DEF_PAIR, false, AT(why_nl), AT(why_en), NULL},
    {"register", WIJK__DEF_TEXT, false, AT(register_), 0, NULL},
    {"privacy", WIJK__DEF_TEXT, false, AT(privacy), 0, NULL},
    {"equity", WIJK__DEF_TEXT, false, AT(equity), 0, NULL},
    {"stop", WIJK__DEF_TEXT, false, AT(stop), 0, NULL},
    {"contact", WIJK__DEF_TEXT, false, AT(contact), 0, NULL},
};
#undef AT
#define COUNT(table) (sizeof(table) / sizeof *(table))

static enum wijk_err check_date(const struct wijk__def *d, size_t line, const char *text)
{
    int64_t at;
    if (!*text || wijk_date_parse(wijk_str(text), &at)) return WIJK_OK;
    return wijk__def_fail(d, line, WIJK_T("%s is geen datum (jjjj-mm-dd)."), text);
}

enum wijk_err wijk__def_record(const struct wijk__def *d, const struct wijk_yaml *map,
                               struct wijk_record *out)
{
    const struct wijk_yaml none = {.kind = WIJK_YAML_MAP};
    WIJK_TRY(wijk__def_read_map(d, map ? map : &none, FIELD, COUNT(FIELD), false, out));
    if (!map) return WIJK_OK;
    WIJK_TRY(check_date(d, map->line, out->decided_on));
    return check_date(d, map->line, out->review_on);
}

size_t wijk_record_misses(const struct wijk_record *r, int64_t now,
                          const char *misses[WIJK_RECORD_MISSES_MAX])
{
    const struct {
        const char *text, *what;
    } NEED[] = {{r->decided_by, WIJK_T("wie het vaststelde")},
                {r->decided_on, WIJK_T("wanneer het is vastgesteld")},
                {r->why_nl, WIJK_T("waarom het zo is")},
                {r->register_, WIJK_T("de inschrijving in het algoritmeregister")},
                {r->privacy, WIJK_T("de toets op privacy en AI-wet")},
                {r->equity, WIJK_T("de toets op gelijke behandeling")},
                {r->stop, WIJK_T("wanneer het stopt")},
                {r->review_on, WIJK_T("de datum van herziening")}};
    size_t n = 0;
    int64_t review;
    for (size_t k = 0; k < COUNT(NEED); k++)
        if (!*NEED[k].text) misses[n++] = NEED[k].what;
    if (*r->review_on && wijk_date_parse(wijk_str(r->review_on), &review) && wijk_day_nl(now) > review)
        misses[n++] = WIJK_T("de herziening: de datum ervan is voorbij");
    return n;
}
