/* SPDX-License-Identifier: EUPL-1.2 */
/* What can be a norm, which version holds on a day, and how far a figure is from it, in words. */
#include "people/norm.h"

#include "people/people.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { YEAR_LAST = 2100, DECIMALS_MAX = 6 };

#define X(name, id, words) {id, words},
static const struct wijk_word KIND[] = {WIJK_NORM_KINDS(X)};
#undef X

const char *wijk_norm_kind_id(enum wijk_norm_kind k)
{
    return KIND[k].id;
}

const char *wijk_norm_kind_words(enum wijk_norm_kind k)
{
    return KIND[k].words;
}

bool wijk_norm_kind_parse(struct wijk_str id, enum wijk_norm_kind *out)
{
    int k;
    bool known = wijk_word_find(KIND, WIJK_NORM_KIND_COUNT, id, &k);
    if (known) *out = (enum wijk_norm_kind)k;
    return known;
}

const char *wijk_norm_state_id(enum wijk_norm_state s)
{
    static const char *const ID[] = {"onbekend", "gehaald", "niet-gehaald"};
    return ID[s];
}

/* ---- what can be one ---- */

static bool is_share(const struct wijk_indicator *i)
{
    return strcmp(i->unit_nl, "%") == 0;
}

static const char *day_refused(struct wijk_cx *cx, const struct wijk_norm_terms *t, const char *today)
{
    int64_t day;
    if (!*t->from) return NULL;
    if (!wijk_date_parse(wijk_str(t->from), &day))
        return wijk_tr(cx, "Schrijf de dag waarop de norm ingaat als jjjj-mm-dd, zoals 2027-01-01.");
    if (strcmp(t->from, today) < 0) return wijk_tr(cx, "Een norm gaat niet in op een dag die voorbij is.");
    return strtol(t->from, NULL, 10) > YEAR_LAST
               ? wijk_sprintf(cx, wijk_tr(cx, "Een norm gaat uiterlijk in %d in."), YEAR_LAST)
               : NULL;
}

static const char *value_refused(struct wijk_cx *cx, const struct wijk_indicator *i, double v)
{
    static const double MOST = 1e12;
    double low = isnan(i->min) ? -MOST : i->min, high = isnan(i->max) ? MOST : i->max;
    if (is_share(i)) low = fmax(low, 0), high = fmin(high, 100);
    if (isfinite(v) && v >= low && v <= high) return NULL;
    if (!isfinite(v)) return wijk_tr(cx, "De waarde van de norm is geen getal.");
    return wijk_sprintf(cx, wijk_tr(cx, "De waarde ligt van %s tot en met %s (%s)."),
                        wijk_num_people(cx, low, wijk_norm_decimals(i, low)),
                        wijk_num_people(cx, high, wijk_norm_decimals(i, high)),
                        wijk_cx_lang(cx) == WIJK_EN ? i->unit_en : i->unit_nl);
}

const char *wijk_norm_refused(struct wijk_cx *cx, const struct wijk_indicator *i,
                              const struct wijk_norm_terms *t, const char *today)
{
    const char *why = day_refused(cx, t, today);
    if (why || t->withdrawn) return why;
    if (i->composition)
        return wijk_tr(cx, "Dit cijfer zegt wie er wonen. Daarvoor stelt een gemeente geen norm.");
    if ((why = value_refused(cx, i, t->value))) return why;
    const int year = (int)strtol(*t->from ? t->from : today, NULL, 10);
    if (t->target_year && (t->target_year < year || t->target_year > YEAR_LAST))
        return wijk_sprintf(cx, wijk_tr(cx, "Het doeljaar ligt van %d tot en met %d."), year, YEAR_LAST);
    return NULL;
}

/* ---- which holds ---- */

size_t wijk_norm_holds(const struct wijk_norm_terms *v, size_t n, const char *day)
{
    while (n > 0 && strcmp(v[n - 1].from, day) > 0) n--;
    return n > 0 && !v[n - 1].withdrawn ? n - 1 : SIZE_MAX;
}

bool wijk_norm_passes_down(const struct wijk_indicator *i)
{
    return i->aggregation != WIJK_AGGREGATE_SUM;
}

/* ---- how far ---- */

int wijk_norm_decimals(const struct wijk_indicator *i, double value)
{
    int d = i->decimals;
    for (double scale = pow(10, d); d < DECIMALS_MAX && round(value * scale) / scale != value; scale *= 10)
        d++;
    return d;
}

enum wijk_norm_state wijk_norm_compare(const struct wijk_norm_terms *t, double value, double *apart)
{
    *apart = NAN;
    if (isnan(value)) return WIJK_NORM_UNKNOWN;
    const double scale = pow(10, DECIMALS_MAX);
    *apart = round((value - t->value) * scale) / scale; /* 40.1 - 40 is 0.1 */
    return (t->kind == WIJK_NORM_LEAST ? *apart >= 0 : *apart <= 0) ? WIJK_NORM_MET : WIJK_NORM_NOT_MET;
}

const char *wijk_norm_words(struct wijk_cx *cx, const struct wijk_norm_terms *t, int decimals,
                            const char *unit)
{
    if (t->withdrawn) return wijk_tr(cx, "ingetrokken");
    const char *number = wijk_sprintf(cx, "%s%s%s", wijk_num_people(cx, t->value, decimals),
                                      strcmp(unit, "%") == 0 ? "" : " ", unit);
    const char *kind = wijk_tr(cx, wijk_norm_kind_words(t->kind));
    if (!t->target_year) return wijk_sprintf(cx, "%s %s", kind, number);
    return wijk_sprintf(cx, wijk_tr(cx, "%s %s in %d"), kind, number, t->target_year);
}

/* Enough of them that what lies apart is not written as nought. */
static int apart_decimals(const struct wijk_indicator *i, double norm, double apart)
{
    int d = wijk_norm_decimals(i, norm);
    while (d < DECIMALS_MAX && round(apart * pow(10, d)) == 0) d++;
    return d;
}

const char *wijk_norm_apart_words(struct wijk_cx *cx, const struct wijk_indicator *i,
                                  const struct wijk_norm_terms *t, double value)
{
    double apart;
    const enum wijk_norm_state s = wijk_norm_compare(t, value, &apart);
    if (s == WIJK_NORM_UNKNOWN) return wijk_tr(cx, "Het cijfer is hier niet bekend.");
    if (apart == 0) return wijk_tr(cx, "Gehaald: precies de norm.");
    const char *number =
        wijk_sprintf(cx, "%s%s", wijk_num_people(cx, fabs(apart), apart_decimals(i, t->value, apart)),
                     is_share(i) ? wijk_tr(cx, " procentpunt") : "");
    if (s == WIJK_NORM_MET)
        return wijk_sprintf(cx,
                            apart > 0 ? wijk_tr(cx, "Gehaald: %s boven de norm.")
                                      : wijk_tr(cx, "Gehaald: %s onder de norm."),
                            number);
    return wijk_sprintf(
        cx, apart > 0 ? wijk_tr(cx, "Nog %s omlaag tot de norm.") : wijk_tr(cx, "Nog %s omhoog tot de norm."),
        number);
}
