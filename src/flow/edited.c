/* SPDX-License-Identifier: EUPL-1.2 */
/* What organisations and offers have alike: texts and areas that are checked, how they are shared after a
 * change, and their form in the log. */
#include "flow/partner_int.h"

#include <string.h>

enum wijk_err wijk__text_check(struct wijk_cx *cx, const char *text, const char *what, size_t max,
                               bool needed, const char *own)
{
    struct wijk_str s = wijk_str(text);
    const char *label = wijk_tr(cx, what);
    if (needed && wijk_str_trim(s).n == 0) return wijk_fail(cx, WIJK_EDATA, "Vul %s in.", label);
    if (s.n > max) return wijk_fail(cx, WIJK_EDATA, "Maak %s korter: hoogstens %zu tekens.", label, max);
    if (!wijk_utf8_valid(s, NULL))
        return wijk_fail(cx, WIJK_EDATA, "In %s staan tekens die niet kunnen.", label);
    /* an organisation may be called after a person, but not by a number or an address */
    if (!own && wijk_personal_in_text(s) == WIJK_PERSONAL_NONE) return WIJK_OK;
    const char *refused = wijk_contact_text_refused(cx, s, own ? own : text);
    return refused ? wijk_fail(cx, WIJK_EPERSONAL, "In %s: %s", label, refused) : WIJK_OK;
}

/* ---- areas ---- */

/* Of the newest division of that level; NULL where the store has none. */
static enum wijk_err newest(struct wijk_cx *cx, struct wijk_store *store, enum wijk_level level,
                            const struct wijk_areas **areas, const struct wijk_area_index **out)
{
    const struct wijk_division *v;
    size_t n;
    *out = NULL;
    *areas = NULL;
    WIJK_TRY(wijk_store_divisions(cx, store, &v, &n));
    for (size_t k = 0; k < n; k++) {
        if (v[k].level != level) continue;
        WIJK_TRY(wijk_store_read_areas(cx, store, level, v[k].division_year, false, areas));
        *out = wijk_area_index(cx, *areas);
        break;
    }
    return WIJK_OK;
}

enum wijk_err wijk__area_name(struct wijk_cx *cx, struct wijk_store *store, const char *code,
                              const char **out)
{
    const struct wijk_areas *areas;
    const struct wijk_area_index *index;
    enum wijk_level level;
    *out = code;
    if (!wijk_code_level(wijk_str(code), &level)) return WIJK_OK;
    WIJK_TRY(newest(cx, store, level, &areas, &index));
    const size_t at = index ? wijk_area_find(index, code) : SIZE_MAX;
    if (at != SIZE_MAX) *out = areas->v[at].name;
    return WIJK_OK;
}

/* Of a gemeente or wijk that the store has no areas of, it may have buurten. */
static enum wijk_err has_buurten(struct wijk_cx *cx, struct wijk_store *store, const char *code, bool *has)
{
    const struct wijk_offer_reach whole = {.n_area = 1, .area = &code};
    const struct wijk_division *v;
    const struct wijk_areas *areas;
    size_t n;
    *has = false;
    WIJK_TRY(wijk_store_divisions(cx, store, &v, &n));
    for (size_t k = 0; k < n; k++) {
        if (v[k].level != WIJK_LEVEL_BUURT) continue;
        WIJK_TRY(wijk_store_read_areas(cx, store, WIJK_LEVEL_BUURT, v[k].division_year, false, &areas));
        for (size_t i = 0; i < areas->n && !*has; i++) *has = wijk_offer_reaches(&whole, areas->v[i].code);
        break;
    }
    return WIJK_OK;
}

enum wijk_err wijk__areas_check(struct wijk_cx *cx, struct wijk_store *store, const char *gemeente,
                                const char *const *area, size_t n)
{
    const struct wijk_area_index *of[WIJK_LEVEL_COUNT] = {0};
    const struct wijk_areas *areas;
    bool read[WIJK_LEVEL_COUNT] = {0};
    if (n == 0) return wijk_fail(cx, WIJK_EDATA, "Noem ten minste een gebied.");
    if (n > WIJK_PARTNER_AREAS)
        return wijk_fail(cx, WIJK_EDATA, "Noem hoogstens %d gebieden.", WIJK_PARTNER_AREAS);
    for (size_t k = 0; k < n; k++) {
        enum wijk_level level;
        char own[WIJK_CODE_MAX];
        if (!wijk_code_level(wijk_str(area[k]), &level) || level > WIJK_LEVEL_GEMEENTE ||
            !wijk_code_gemeente(area[k], own) || strcmp(own, gemeente) != 0)
            return wijk_fail(cx, WIJK_EDATA, "«%s» is geen buurt, wijk of gemeente van %s.", area[k],
                             gemeente);
        for (size_t i = 0; i < k; i++)
            if (strcmp(area[i], area[k]) == 0)
                return wijk_fail(cx, WIJK_EDATA, "%s staat er twee keer.", area[k]);
        if (!read[level]) WIJK_TRY(newest(cx, store, level, &areas, &of[level]));
        read[level] = true;
        bool known = of[level] && wijk_area_find(of[level], area[k]) != SIZE_MAX;
        if (!known && !of[level]) WIJK_TRY(has_buurten(cx, store, area[k], &known));
        if (!known) return wijk_fail(cx, WIJK_EDATA, "Het gebied %s is er niet.", area[k]);
    }
    return WIJK_OK;
}

/* ---- sharing ---- */

enum wijk_err wijk__edited_next(struct wijk_cx *cx, const struct wijk_deed *d,
                                const struct wijk_edited *given, const struct wijk_edited *before,
                                bool withdraw, struct wijk_edited *out)
{
    const int64_t account = d->actor ? d->actor->account : 0;
    *out = before ? *before : (struct wijk_edited){.made_by = account, .made_at = d->now};
    out->sharing = given->sharing;
    out->changed_at = d->now;
    if (withdraw) out->public_version = 0;
    if (given->sharing == WIJK_SHARING_PUBLIC) {
        if (!before || !before->public_version)
            return wijk_fail(cx, WIJK_EDATA,
                             "Openbaar maken gaat via een voorstel: iemand anders besluit erover.");
        out->sharing = WIJK_SHARING_PARTNERS;
    }
    if (given->sharing == WIJK_SHARING_DRAFT && d->actor && out->made_by != account)
        return wijk_fail(cx, WIJK_EDATA, "Alleen wie dit maakte kan er weer een concept van maken.");
    return WIJK_OK;
}

/* Codes and ids only: no text that anyone typed. */
const char *wijk__edited_json(struct wijk_cx *cx, const struct wijk_edited *e, const char *const *area,
                              size_t n_area, const char *more)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    wijk_buf_printf(&b, "{\"versie\":%lld,\"openbareVersie\":%lld,\"delen\":\"%s\",%s,\"gebieden\":[",
                    (long long)e->version, (long long)e->public_version, wijk_sharing_id(e->sharing), more);
    for (size_t k = 0; k < n_area; k++) wijk_buf_printf(&b, "%s\"%s\"", k ? "," : "", area[k]);
    wijk_buf_str(&b, "]}");
    return wijk_buf_cstr(&b);
}
