/* SPDX-License-Identifier: EUPL-1.2 */
/* Sentences: what people read first. Words and thresholds stand in docs/methods/woorden.md; no place is ever
 * called weak or bad, and a difference too small to name is called the same. */
#include "report/report_int.h"

#include <math.h>
#include <string.h>

/* Changes of the deviation: up to SAME they are not named, up to A_LITTLE they are "iets". */
static const double SAME = 0.02, A_LITTLE = 0.06;
enum { CLASS_JUST_BELOW = 4, CLASS_WELL = 6 };

const char *wijk_word_change(const struct wijk_cx *cx, double change)
{
    if (isnan(change)) return wijk_tr(cx, "onbekend");
    if (fabs(change) <= SAME) return wijk_tr(cx, "gelijk");
    if (change > A_LITTLE) return wijk_tr(cx, "beter");
    if (change > 0) return wijk_tr(cx, "iets beter");
    return change < -A_LITTLE ? wijk_tr(cx, "slechter") : wijk_tr(cx, "iets slechter");
}

/* The class in words; class 4 is put as how little is lacking. NULL without a class. */
static const char *level_word(const struct wijk_cx *cx, const struct wijk_scores *s, size_t area)
{
    int k = s->class_ ? s->class_[area] : 0;
    if (k < 1 || k > WIJK_CLASSES) return NULL;
    if (k == CLASS_JUST_BELOW) return wijk_tr(cx, "net onder voldoende");
    return wijk_cx_lang(cx) == WIJK_EN ? s->method->class_en[k - 1] : s->method->class_nl[k - 1];
}

static double total_of(const struct wijk_scores *s, size_t area)
{
    return s->total && area < s->n ? s->total[area] : NAN;
}

static bool scored(const struct wijk_scores *s, size_t area)
{
    return area < s->n && (!isnan(total_of(s, area)) || (s->class_ && s->class_[area]));
}

/* Only figures of one method, release and division may stand beside each other. */
static bool comparable(const struct wijk_scores *a, const struct wijk_scores *b)
{
    return strcmp(a->method->id, b->method->id) == 0 && a->level == b->level &&
           a->division_year == b->division_year && strcmp(a->release, b->release) == 0;
}

/* Where the last movement began: going back from the end while the line keeps to one direction; a
 * counter-move of more than SAME ends it. sign 1 looks for a rise, -1 for a fall. Gives the index of the
 * turning point. */
static size_t turning_point(const double *total, size_t n, double sign)
{
    size_t start = n - 1;
    for (size_t i = n; i-- > 0;) {
        if (isnan(total[i])) continue;
        double above_start = sign * (total[i] - total[start]);
        if (above_start > SAME) break;
        if (above_start < 0) start = i;
    }
    return start;
}

/* The first year of the run to the end that stays within SAME of the last figure. */
static size_t since_same(const double *total, size_t n)
{
    size_t start = n - 1;
    for (size_t i = n; i-- > 0;) {
        if (isnan(total[i])) continue;
        if (fabs(total[i] - total[n - 1]) > SAME) break;
        start = i;
    }
    return start;
}

/* A label within a sentence: a capital in front becomes small, unless the word is an abbreviation. */
const char *wijk__in_sentence(struct wijk_cx *cx, const char *label)
{
    char *p = wijk_str_dup(cx, wijk_str(label));
    if (p[0] >= 'A' && p[0] <= 'Z' && !(p[1] >= 'A' && p[1] <= 'Z')) p[0] = (char)(p[0] + 32);
    return p;
}

/* The dimension that moved most in the direction of sign; NULL when none did by more than SAME / 2. */
static const char *strongest(struct wijk_cx *cx, const struct wijk_scores *from, const struct wijk_scores *to,
                             size_t area, double sign)
{
    const struct wijk_method *m = to->method;
    double most = SAME / 2;
    const char *label = NULL;
    for (size_t k = 0; k < m->n_dimension && k < WIJK_DIMENSIONS_MAX; k++) {
        if (!from->dimension[k] || !to->dimension[k]) continue;
        double moved = sign * (to->dimension[k][area] - from->dimension[k][area]);
        if (!(moved > most)) continue;
        most = moved;
        label = wijk_cx_lang(cx) == WIJK_EN ? m->dimension[k].label_en : m->dimension[k].label_nl;
    }
    return label ? wijk__in_sentence(cx, label) : NULL;
}

/* A name in front of a sentence begins with a capital: «De Gaarden», «Postcode 1012». */
static const char *capital(struct wijk_cx *cx, const char *name)
{
    char *p = wijk_str_dup(cx, wijk_str(name));
    if (p[0] >= 'a' && p[0] <= 'z') p[0] = (char)(p[0] - 32);
    return p;
}

static const char *falling(struct wijk_cx *cx, const char *name, const char *since, const char *where)
{
    name = capital(cx, name);
    if (!where)
        return wijk_sprintf(cx, wijk_tr(cx, "%s staat onder druk: sinds %s gaat de leefbaarheid achteruit."),
                            name, since);
    return wijk_sprintf(
        cx, wijk_tr(cx, "%s staat onder druk: sinds %s gaat de leefbaarheid achteruit, het sterkst bij %s."),
        name, since, where);
}

static const char *rising(struct wijk_cx *cx, const char *name, const char *since, const char *where)
{
    if (!where)
        return wijk_sprintf(cx, wijk_tr(cx, "In %s gaat de leefbaarheid sinds %s vooruit."), name, since);
    return wijk_sprintf(cx, wijk_tr(cx, "In %s gaat de leefbaarheid sinds %s vooruit, het sterkst bij %s."),
                        name, since, where);
}

/* What moved, as a sentence; NULL when there are not two years to compare. */
static const char *movement(struct wijk_cx *cx, const char *name, const struct wijk_scores *const *scores,
                            size_t n, size_t area)
{
    const struct wijk_scores *last = scores[n - 1];
    double *total = WIJK_NEW(cx, double, n);
    size_t known = 0;
    for (size_t i = 0; i < n; i++) {
        total[i] = comparable(scores[i], last) ? total_of(scores[i], area) : NAN;
        if (!isnan(total[i])) known++;
    }
    if (known < 2 || isnan(total[n - 1])) return NULL;
    size_t top = turning_point(total, n, -1), bottom = turning_point(total, n, 1);
    double fall = total[n - 1] - total[top], rise = total[n - 1] - total[bottom];
    char since[16];
    size_t from = fall < -SAME ? top : rise > SAME ? bottom : since_same(total, n);
    wijk_period_write(scores[from]->period, since);
    if (fall < -SAME) return falling(cx, name, since, strongest(cx, scores[from], last, area, -1));
    if (rise > SAME) return rising(cx, name, since, strongest(cx, scores[from], last, area, 1));
    return wijk_sprintf(cx, wijk_tr(cx, "In %s is de leefbaarheid sinds %s ongeveer gelijk gebleven."), name,
                        since);
}

/* The level beside the country, for a figure without a class. */
static const char *beside_country(struct wijk_cx *cx, const char *name, const char *year, double total)
{
    if (fabs(total) <= SAME)
        return wijk_sprintf(
            cx, wijk_tr(cx, "In %s is de leefbaarheid in %s ongeveer gelijk aan die van Nederland."), name,
            year);
    if (total > 0)
        return wijk_sprintf(cx, wijk_tr(cx, "In %s is de leefbaarheid in %s hoger dan die van Nederland."),
                            name, year);
    return wijk_sprintf(cx, wijk_tr(cx, "In %s is de leefbaarheid in %s lager dan die van Nederland."), name,
                        year);
}

const char *wijk_sentence_area(struct wijk_cx *cx, const char *name, const struct wijk_scores *const *scores,
                               size_t n_scores, size_t area)
{
    if (n_scores && scores[0]->level == WIJK_LEVEL_PC4)
        name = wijk_sprintf(cx, wijk_tr(cx, "postcode %s"), name);
    while (n_scores && !scored(scores[n_scores - 1], area)) n_scores--;
    if (!n_scores) return wijk_sprintf(cx, wijk_tr(cx, "Voor %s is geen score bekend."), name);
    const struct wijk_scores *last = scores[n_scores - 1];
    const char *word = level_word(cx, last, area), *moved = movement(cx, name, scores, n_scores, area);
    char year[16];
    wijk_period_write(last->period, year);
    if (!moved && !word) return beside_country(cx, name, year, total_of(last, area));
    if (!moved) return wijk_sprintf(cx, wijk_tr(cx, "In %s is de leefbaarheid in %s %s."), name, year, word);
    if (!word) return moved;
    return wijk_sprintf(cx, "%s %s", moved,
                        wijk_sprintf(cx, wijk_tr(cx, "In %s is de leefbaarheid %s."), year, word));
}

static const char *count(struct wijk_cx *cx, size_t n)
{
    return wijk_num_people(cx, (double)n, 0);
}

const char *wijk_sentence_map(struct wijk_cx *cx, const struct wijk_scores *scores)
{
    size_t known = 0, well = 0;
    for (size_t i = 0; i < scores->n; i++) {
        int k = scores->class_ ? scores->class_[i] : 0;
        known += k > 0;
        well += k >= CLASS_WELL;
    }
    if (!known) return wijk_tr(cx, "Voor deze kaart zijn geen klassen bekend.");
    char year[16];
    wijk_period_write(scores->period, year);
    const char *areas = wijk_tr(cx, wijk_level_label(scores->level, true));
    const char *head =
        wijk_sprintf(cx, wijk_tr(cx, "In %s van de %s %s is de leefbaarheid in %s ruim voldoende of beter."),
                     count(cx, well), count(cx, known), areas, year);
    if (known == scores->n) return head;
    return wijk_sprintf(
        cx, "%s %s", head,
        wijk_sprintf(cx, wijk_tr(cx, "Voor %s is geen klasse bekend."), count(cx, scores->n - known)));
}
