/* SPDX-License-Identifier: EUPL-1.2 */
/* defs/events/GEMEENTE.yaml: what happened where and when, with who says so. It is shown beside the figures
 * of those areas and never in them. */
#include "domain/domain_int.h"

#include <stddef.h>
#include <string.h>

struct reading {
    struct wijk_event event;
    const char *from, *until;
};
#define AT(member) offsetof(struct reading, event.member)
static const struct wijk__def_field FIELD[] = {
    {"id", WIJK__DEF_ID, true, AT(id), 0, NULL},
    {"label", WIJK__DEF_PAIR, true, AT(label_nl), AT(label_en), NULL},
    {"source", WIJK__DEF_TEXT, true, AT(source), 0, NULL},
    {"url", WIJK__DEF_TEXT, false, AT(url), 0, NULL},
    {"from", WIJK__DEF_TEXT, true, offsetof(struct reading, from), 0, NULL},
    {"until", WIJK__DEF_TEXT, false, offsetof(struct reading, until), 0, NULL},
    {"areas", WIJK__DEF_OTHER, true, 0, 0, NULL},
};
#undef AT
struct head {
    const char *gemeente;
};
static const struct wijk__def_field HEAD_FIELD[] = {
    {"gemeente", WIJK__DEF_TEXT, true, offsetof(struct head, gemeente), 0, NULL},
    {"events", WIJK__DEF_OTHER, true, 0, 0, NULL},
};
#define COUNT(table) (sizeof(table) / sizeof *(table))

static enum wijk_err read_period(const struct wijk__def *d, size_t line, const char *text,
                                 struct wijk_period *out)
{
    if (!*text) return WIJK_OK;
    if (wijk_period_parse(wijk_str(text), out)) return WIJK_OK;
    return wijk__def_fail(d, line, WIJK_T("%s is geen jaar (2018) of maand (2018-04)."), text);
}

/* Codes of a gemeente and of what lies in it: what a gemeente tells is about its own areas. */
static enum wijk_err read_areas(const struct wijk__def *d, const struct wijk_yaml *map, const char *gemeente,
                                struct wijk_event *e)
{
    const struct wijk_yaml *list;
    WIJK_TRY(wijk__def_list(d, map, "areas", WIJK_EVENT_AREAS, &list));
    for (size_t k = 0; k < list->n; k++) {
        enum wijk_level level;
        char code[WIJK_CODE_MAX], of[WIJK_CODE_MAX];
        const struct wijk_yaml *one = list->child[k];
        const struct wijk_str raw = wijk_str(one->kind == WIJK_YAML_SCALAR ? one->text : "");
        if (!wijk_code_level(raw, &level) || !wijk_code_normalise(raw, level, code) ||
            !wijk_code_gemeente(code, of))
            return wijk__def_fail(d, one->line, WIJK_T("%s is geen code van een buurt, wijk of gemeente."),
                                  raw.p);
        if (strcmp(of, gemeente) != 0)
            return wijk__def_fail(d, one->line, WIJK_T("%s ligt niet in de gemeente van dit bestand."), code);
        e->area[k] = wijk_str_dup(d->cx, wijk_str(code));
        e->n_area = k + 1;
    }
    return WIJK_OK;
}

/* Words that all may read: no persons. */
static enum wijk_err check_words(const struct wijk__def *d, size_t line, const struct wijk_event *e)
{
    const char *const words[] = {e->label_nl, e->label_en, e->source};
    for (size_t k = 0; k < COUNT(words); k++) {
        enum wijk_personal found = wijk_personal_in_text(wijk_str(words[k]));
        if (found)
            return wijk__def_fail(
                d, line, WIJK_T("hier staan %s. Beschrijf wat er gebeurde, zonder personen of adressen."),
                wijk_tr(d->cx, wijk_personal_words(found)));
    }
    return WIJK_OK;
}

static enum wijk_err read_event(const struct wijk__def *d, const struct wijk_yaml *map, const char *gemeente,
                                struct wijk__def_set *set)
{
    struct reading new = {0};
    struct wijk_event *e = &new.event;
    if (set->defs.n_event == WIJK__EVENTS_MAX)
        return wijk__def_fail(d, map->line, WIJK_T("er zijn te veel gebeurtenissen."), "");
    WIJK_TRY(wijk__def_read_map(d, map, FIELD, COUNT(FIELD), false, &new));
    WIJK_TRY(read_period(d, map->line, new.from, &e->from));
    WIJK_TRY(read_period(d, map->line, new.until, &e->until));
    if (e->until.year && wijk_period_key(e->until) < wijk_period_key(e->from))
        return wijk__def_fail(d, map->line, WIJK_T("de gebeurtenis %s eindigt voor zij begint."), e->id);
    if (*e->url && !wijk_str_starts(wijk_str(e->url), "https://"))
        return wijk__def_fail(d, map->line, WIJK_T("het adres bij %s begint niet met https://."), e->id);
    WIJK_TRY(read_areas(d, map, gemeente, e));
    WIJK_TRY(check_words(d, map->line, e));
    for (size_t i = 0; i < set->defs.n_event; i++)
        if (strcmp(set->event[i].id, e->id) == 0)
            return wijk__def_fail(d, map->line, WIJK_T("de gebeurtenis %s bestaat al."), e->id);
    e->gemeente = gemeente;
    e->file = d->file;
    e->line = map->line;
    set->event[set->defs.n_event++] = *e;
    return WIJK_OK;
}

enum wijk_err wijk__def_events(const struct wijk__def *d, const struct wijk_yaml *file,
                               struct wijk__def_set *set)
{
    struct head head = {0};
    const struct wijk_yaml *list;
    char code[WIJK_CODE_MAX];
    WIJK_TRY(wijk__def_read_map(d, file, HEAD_FIELD, COUNT(HEAD_FIELD), false, &head));
    if (!wijk_code_normalise(wijk_str(head.gemeente), WIJK_LEVEL_GEMEENTE, code))
        return wijk__def_fail(d, file->line, WIJK_T("%s is geen code van een gemeente."), head.gemeente);
    const char *gemeente = wijk_str_dup(d->cx, wijk_str(code));
    WIJK_TRY(wijk__def_list(d, file, "events", WIJK__EVENTS_MAX, &list));
    for (size_t k = 0; k < list->n; k++) WIJK_TRY(read_event(d, list->child[k], gemeente, set));
    return WIJK_OK;
}
