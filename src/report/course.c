/* SPDX-License-Identifier: EUPL-1.2 */
/* Sentences about where an area goes and what made its type. Words by docs/methods/woorden.md; a band is
 * always told with a slope, and chance where it may have decided. */
#include "report/report_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- trend ---- */

static const char *signed_number(struct wijk_cx *cx, double v, int decimals)
{
    const char *text = wijk_num_people(cx, v, decimals);
    return v > 0 && strpbrk(text, "123456789") ? wijk_sprintf(cx, "+%s", text) : text;
}

static const char *slope_words(struct wijk_cx *cx, enum wijk_course course, int since, double slope,
                               double low, double high, int decimals)
{
    const char *a = signed_number(cx, low, decimals), *b = signed_number(cx, high, decimals);
    const char *size = wijk_num_people(cx, fabs(slope), decimals);
    switch (course) {
    case WIJK_COURSE_UP:
        return wijk_sprintf(cx, wijk_tr(cx, "Sinds %d gemiddeld %s per jaar omhoog (tussen %s en %s)."),
                            since, size, a, b);
    case WIJK_COURSE_DOWN:
        return wijk_sprintf(cx, wijk_tr(cx, "Sinds %d gemiddeld %s per jaar omlaag (tussen %s en %s)."),
                            since, size, a, b);
    case WIJK_COURSE_STEADY:
        return wijk_sprintf(cx, wijk_tr(cx, "Sinds %d ongeveer gelijk (tussen %s en %s per jaar)."), since, a,
                            b);
    default:
        return wijk_sprintf(
            cx,
            wijk_tr(cx,
                    "Sinds %d is niet te zeggen of het omhoog of omlaag gaat (tussen %s en %s per jaar)."),
            since, a, b);
    }
}

const char *wijk_sentence_trend(struct wijk_cx *cx, const struct wijk_trend_told *told)
{
    enum { FEW = 5 };
    const struct wijk_trend *t = told->trend;
    int decimals = told->decimals + 1;
    if (t->lack != WIJK_LACK_NONE)
        return wijk_sprintf(cx, wijk_tr(cx, "Geen trend: %s."), wijk_tr(cx, wijk_lack_text(t->lack)));
    bool bent = !isnan(t->break_at);
    if (!bent && isnan(t->low))
        return wijk_sprintf(cx, wijk_tr(cx, "Twee metingen: %s per jaar, maar dat kan toeval zijn."),
                            signed_number(cx, t->line.slope, decimals));
    const char *now =
        slope_words(cx, t->course, (int)(bent ? t->break_at : t->first), bent ? t->after : t->line.slope,
                    bent ? t->after_low : t->low, bent ? t->after_high : t->high, decimals);
    if (bent)
        return wijk_sprintf(cx, "%s %s", now,
                            wijk_sprintf(cx, wijk_tr(cx, "Daarvoor was het %s per jaar."),
                                         signed_number(cx, t->before, decimals)));
    if (t->n > FEW) return now;
    return wijk_sprintf(cx, "%s %s", now,
                        wijk_sprintf(cx, wijk_tr(cx, "Dat steunt op maar %zu metingen."), t->n));
}

/* ---- trajectory ---- */

static const char *class_word(const struct wijk_cx *cx, const struct wijk_method *m, int k)
{
    return wijk_cx_lang(cx) == WIJK_EN ? m->class_en[k - 1] : m->class_nl[k - 1];
}

/* «de score ging 0,181 omlaag», or in classes where the score is not known. */
static const char *moved(struct wijk_cx *cx, double change, int steps, int from, int to)
{
    if (!isnan(change))
        return wijk_sprintf(cx,
                            wijk_tr(cx, change < 0 ? WIJK_T("van %d tot %d ging de score %s omlaag")
                                                   : WIJK_T("van %d tot %d ging de score %s omhoog")),
                            from, to, wijk_num_people(cx, fabs(change), 3));
    if (!steps) return wijk_sprintf(cx, wijk_tr(cx, "van %d tot %d bleef de klasse gelijk"), from, to);
    return wijk_sprintf(cx,
                        wijk_tr(cx, steps < 0 ? WIJK_T("van %d tot %d ging de klasse %d omlaag")
                                              : WIJK_T("van %d tot %d ging de klasse %d omhoog")),
                        from, to, abs(steps));
}

static const char *reason(struct wijk_cx *cx, const struct wijk_trajectory_told *w)
{
    const struct wijk_trajectory *t = w->trajectory;
    const char *label = wijk_tr(cx, wijk_trajectory_label(t->type));
    const char *word = class_word(cx, w->method, t->class_now);
    const char *base = moved(cx, t->change, t->steps, w->base_year, w->year),
               *recent = moved(cx, t->recent, t->recent_steps, w->recent_year, w->year);
    switch (t->type) {
    case WIJK_TRAJECTORY_RELAPSE:
        return wijk_sprintf(cx, wijk_tr(cx, "%s: %s. De klasse is nu %s."), label, recent, word);
    case WIJK_TRAJECTORY_EARLY_SIGNAL:
        return wijk_sprintf(
            cx, wijk_tr(cx, "%s: de klasse is %s, maar de score ligt onder het gemiddelde, en %s."), label,
            word, recent);
    default: return wijk_sprintf(cx, wijk_tr(cx, "%s: %s. De klasse is nu %s."), label, base, word);
    }
}

const char *wijk_sentence_trajectory(struct wijk_cx *cx, const struct wijk_trajectory_told *w)
{
    const struct wijk_trajectory *t = w->trajectory;
    if (t->type == WIJK_TRAJECTORY_NONE)
        return wijk_sprintf(cx, wijk_tr(cx, "Geen type: %s."), wijk_tr(cx, wijk_lack_text(t->lack)));
    if (t->sure) return reason(cx, w);
    return wijk_sprintf(
        cx, "%s %s", reason(cx, w),
        wijk_tr(cx, t->by_class || t->recent_by_class
                        ? WIJK_T("Dat is naar klassen, dus grof.")
                        : WIJK_T("Het type kan veranderen als het laatste cijfer iets anders is.")));
}

/* ---- parts of a whole ---- */

struct part {
    double v;
    const char *label;
};

static int by_size(const void *a, const void *b)
{
    double x = fabs(((const struct part *)a)->v), y = fabs(((const struct part *)b)->v);
    return (x < y) - (x > y);
}

/* «woningvoorraad (−0,041), fysieke omgeving (−0,022) en sociale samenhang (−0,012)»; at most three, of one
 * sign;
 * "" none. */
static const char *list(struct wijk_cx *cx, const struct part *p, size_t n, double sign, int decimals,
                        size_t *count)
{
    enum { MOST = 3 };
    const char *one[MOST], *text = "";
    double least = 0.5 * pow(10, -decimals);
    size_t told = 0;
    for (size_t i = 0; i < n && told < MOST; i++)
        if (sign * p[i].v >= least)
            one[told++] = wijk_sprintf(cx, "%s (%s)", wijk__in_sentence(cx, p[i].label),
                                       signed_number(cx, p[i].v, decimals));
    *count = told;
    for (size_t i = 0; i < told; i++)
        text = !i              ? one[i]
               : i + 1 == told ? wijk_sprintf(cx, wijk_tr(cx, "%s en %s"), text, one[i])
                               : wijk_sprintf(cx, "%s, %s", text, one[i]);
    return text;
}

const char *wijk_sentence_parts(struct wijk_cx *cx, const struct wijk_parts_told *t)
{
    struct part *p = WIJK_NEW(cx, struct part, t->n);
    size_t n = 0;
    if (isnan(t->whole)) return "";
    for (size_t i = 0; i < t->n; i++)
        if (!isnan(t->part[i])) p[n++] = (struct part){t->part[i], t->label[i]};
    if (n) qsort(p, n, sizeof *p, by_size);
    double sign = t->whole < 0 ? -1 : 1;
    size_t n_with, n_against;
    const char *with = list(cx, p, n, sign, t->decimals, &n_with),
               *against = list(cx, p, n, -sign, t->decimals, &n_against);
    const char *whole = signed_number(cx, t->whole, t->decimals);
    const char *head = t->from_year ? wijk_sprintf(cx, wijk_tr(cx, "Van %d tot %d veranderde het met %s"),
                                                   t->from_year, t->year, whole)
                                    : wijk_sprintf(cx, wijk_tr(cx, "In %d was het %s"), t->year, whole);
    if (!n_with) return wijk_sprintf(cx, "%s.", head);
    if (!n_against) return wijk_sprintf(cx, wijk_tr(cx, "%s, vooral door %s."), head, with);
    return n_against == 1 ? wijk_sprintf(cx, wijk_tr(cx, "%s, vooral door %s; de andere kant op ging %s."),
                                         head, with, against)
                          : wijk_sprintf(cx, wijk_tr(cx, "%s, vooral door %s; de andere kant op gingen %s."),
                                         head, with, against);
}
