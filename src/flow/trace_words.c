/* SPDX-License-Identifier: EUPL-1.2 */
/* A trace in words and in symbols: how the number was made, for somebody who wants to do the sum again. */
#include "flow/flow.h"

#include <math.h>
#include <string.h>

static const char *number(struct wijk_cx *cx, double v)
{
    char text[32];
    return wijk_str_dup(cx, (struct wijk_str){text, wijk_num_write(v, text)});
}

static const char *delivered_words(struct wijk_cx *cx, const struct wijk_trace *t)
{
    const char *scaled = wijk_tr(cx, "Zoals geleverd: het getal in dit veld van het bestand.");
    if (t->column && t->column->scale != 1)
        scaled = wijk_sprintf(cx, wijk_tr(cx, "Het getal in dit veld van het bestand, maal %s."),
                              number(cx, t->column->scale));
    if (t->round_to == 0) return scaled;
    return wijk_sprintf(
        cx, wijk_tr(cx, "%s Daarna afgerond op een veelvoud van %s, omdat het om kleine aantallen gaat."),
        scaled, number(cx, t->round_to));
}

static const char *counted_words(struct wijk_cx *cx, const struct wijk_trace *t)
{
    const struct wijk_load_column *c = t->column;
    const char *text =
        wijk_sprintf(cx, wijk_tr(cx, "Het aantal regels van dit gebied waarin %s is ingevuld."), c->column);
    if (*c->rows) text = wijk_sprintf(cx, wijk_tr(cx, "Het aantal regels van dit gebied met %s."), c->rows);
    if (*c->left_out)
        text = wijk_sprintf(cx, wijk_tr(cx, "%s Regels met %s tellen niet mee."), text, c->left_out);
    if (t->round_to == 0) return text;
    return wijk_sprintf(
        cx, wijk_tr(cx, "%s Daarna afgerond op een veelvoud van %s, omdat het om kleine aantallen gaat."),
        text, number(cx, t->round_to));
}

static const char *left_out(struct wijk_cx *cx, const struct wijk_trace *t, const char *text)
{
    if (t->n_hidden)
        text =
            wijk_sprintf(cx, wijk_tr(cx, "%s Niet meegeteld, te klein om te tonen: %zu."), text, t->n_hidden);
    if (t->n_blank)
        text = wijk_sprintf(cx, wijk_tr(cx, "%s Niet meegeteld, zonder cijfer of zonder inwoners: %zu."),
                            text, t->n_blank);
    return text;
}

static const char *class_words(struct wijk_cx *cx, const struct wijk_trace *t)
{
    if (!t->limits) return wijk_tr(cx, "Uit de afwijking, met de klassengrenzen van de methode.");
    return wijk_sprintf(
        cx,
        wijk_tr(cx, "Uit de afwijking, met de klassengrenzen van uitgave %s: één meer dan het aantal "
                    "grenzen dat kleiner is dan de afwijking."),
        t->limits->release);
}

/* Of an earlier division: how it came here, and how far the two areas differ. */
static const char *crossed_words(struct wijk_cx *cx, const struct wijk_trace *t)
{
    const char *how =
        t->way == WIJK_WAY_SAME ? wijk_tr(cx, "Het gebied is hetzelfde gebleven.")
        : t->way == WIJK_WAY_MEAN
            ? wijk_tr(cx, "Het gemiddelde van de oude gebieden, gewogen met de inwoners die meegingen.")
        : t->way == WIJK_WAY_SHARES ? wijk_tr(cx, "Van elk oud gebied telt het deel dat meeging.")
                                    : wijk_tr(cx, wijk_status_text(t->status));
    const char *text = wijk_sprintf(cx, wijk_tr(cx, "Omgerekend van de indeling van %d, %s. %s"),
                                    t->by->division->areas.division_year,
                                    wijk_tr(cx, wijk_cross_method_text(t->by->crosswalk->method)), how);
    if (!(t->moved > 0)) return text;
    return wijk_sprintf(cx, wijk_tr(cx, "%s Het oude gebied en het nieuwe verschillen %s%%."), text,
                        wijk_num_people(cx, 100 * t->moved, 0));
}

const char *wijk_trace_words(struct wijk_cx *cx, const struct wijk_trace *t)
{
    if (t->words) return t->words;
    if (t->by) return crossed_words(cx, t);
    switch (t->way) {
    case WIJK_WAY_NONE: return wijk_tr(cx, wijk_status_text(t->status));
    case WIJK_WAY_DELIVERED: return delivered_words(cx, t);
    case WIJK_WAY_COUNTED: return counted_words(cx, t);
    case WIJK_WAY_SAME: return wijk_tr(cx, "Zoals geleverd.");
    case WIJK_WAY_SUM: return wijk_tr(cx, "De som van de dimensies.");
    case WIJK_WAY_MEAN:
        return left_out(cx, t,
                        wijk_sprintf(cx,
                                     wijk_tr(cx, "Het gemiddelde van %zu buurten, gewogen met hun inwoners."),
                                     t->n_part));
    case WIJK_WAY_CLASS: return class_words(cx, t);
    case WIJK_WAY_DIFFERENCE:
        return t->key.part == WIJK_TRACE_REST
                   ? wijk_tr(cx, "De verandering van het totaal, min de veranderingen van de dimensies.")
                   : wijk_tr(cx, "Het cijfer van de laatste periode, min dat van de eerste.");
    case WIJK_WAY_SHARE:
        return left_out(cx, t,
                        wijk_tr(cx,
                                "De inwoners van de gebieden met een cijfer, gedeeld door de inwoners van "
                                "alle gebieden."));
    case WIJK_WAY_SHARES: /* only of an earlier division */
    case WIJK_WAY_ANALYSIS: /* says it itself */ break;
    }
    return "";
}

static const char *delivered_symbols(struct wijk_cx *cx, const struct wijk_trace *t)
{
    const char *x = wijk_tr(cx, "veld");
    if (t->column && t->column->scale != 1) x = wijk_sprintf(cx, "%s × %s", x, number(cx, t->column->scale));
    if (t->round_to == 0) return wijk_sprintf(cx, "x = %s", x);
    const char *step = number(cx, t->round_to);
    return wijk_sprintf(cx, wijk_tr(cx, "x = %s × afgerond(%s ÷ %s)"), step, x, step);
}

static const char *class_symbols(struct wijk_cx *cx, const struct wijk_trace *t)
{
    struct wijk_buf b = wijk_buf(cx, 0);
    wijk_buf_str(&b, "k = 1 + |{ i : gᵢ < x }|");
    for (size_t i = 0; t->limits && i < WIJK_CLASSES - 1; i++)
        wijk_buf_printf(&b, "%s%s", i ? "; " : ", g = (", number(cx, t->limits->limit[i]));
    if (t->limits) wijk_buf_char(&b, ')');
    return wijk_buf_cstr(&b);
}

const char *wijk_trace_symbols(struct wijk_cx *cx, const struct wijk_trace *t)
{
    if (t->symbols) return t->symbols;
    switch (t->way) {
    case WIJK_WAY_NONE:
    case WIJK_WAY_ANALYSIS: return "";
    case WIJK_WAY_DELIVERED: return delivered_symbols(cx, t);
    case WIJK_WAY_COUNTED:
        return t->round_to > 0
                   ? wijk_sprintf(cx, wijk_tr(cx, "x = %s × afgerond(%s ÷ %s)"), number(cx, t->round_to),
                                  wijk_tr(cx, "|{ regels }|"), number(cx, t->round_to))
                   : wijk_sprintf(cx, "x = %s", wijk_tr(cx, "|{ regels }|"));
    case WIJK_WAY_SAME: return "k = x₁";
    case WIJK_WAY_SUM: return "x = Σ xᵢ";
    case WIJK_WAY_MEAN: return "x = Σ (wᵢ × xᵢ) ÷ Σ wᵢ";
    case WIJK_WAY_CLASS: return class_symbols(cx, t);
    case WIJK_WAY_DIFFERENCE: return t->key.part == WIJK_TRACE_REST ? "x = x₁ − Σ xᵢ, i ≥ 2" : "x = x₁ − x₂";
    case WIJK_WAY_SHARE: return wijk_tr(cx, "x = Σ wᵢ (waar xᵢ bekend is) ÷ Σ wᵢ");
    case WIJK_WAY_SHARES: return "x = Σ (wᵢ × xᵢ)";
    }
    return "";
}

/* ---- what it is called ---- */

const char *wijk_trace_page(const struct wijk_trace *t)
{
    static const char *const PAGE[WIJK_TRACE_PARTS] = {
        [WIJK_TRACE_CLASS] = "klassen",
        [WIJK_TRACE_COVERED] = "optellen",
        [WIJK_TRACE_CHANGE] = "ontleding",
        [WIJK_TRACE_REST] = "ontleding",
        [WIJK_TRACE_WEIGHING] = "lokale-weging",
        [WIJK_TRACE_SLOPE] = "trend",
        [WIJK_TRACE_COURSE] = "verlopen",
        [WIJK_TRACE_INSUFFICIENT] = "onvoldoende",
        [WIJK_TRACE_GAP] = "kloof",
        [WIJK_TRACE_EXPECTED] = "verwacht",
        [WIJK_TRACE_ALIKE] = "vergelijkbaar",
        [WIJK_TRACE_FELT] = "beleving",
        [WIJK_TRACE_NOWCAST] = "tussenschatting",
        [WIJK_TRACE_CLUSTER] = "clusters",
        [WIJK_TRACE_CONCENTRATION] = "concentratie",
    };
    if (PAGE[t->key.part]) return PAGE[t->key.part];
    if (t->status == WIJK_STATUS_SUPPRESSED) return "onthulling";
    if (t->by) return "omrekenen";
    if (t->way == WIJK_WAY_MEAN || t->way == WIJK_WAY_SUM) return "optellen";
    return t->method ? "leefbaarometer" : "brongetal";
}

const char *wijk_trace_label(struct wijk_cx *cx, const struct wijk_trace *t)
{
    if (t->label) return t->label;
    const char *label = t->indicator                  ? wijk_indicator_label(t->indicator, wijk_cx_lang(cx))
                        : wijk_cx_lang(cx) == WIJK_EN ? t->method->label_en
                                                      : t->method->label_nl;
    char from[16];
    switch (t->key.part) {
    case WIJK_TRACE_CLASS: return wijk_sprintf(cx, wijk_tr(cx, "%s: klasse"), label);
    case WIJK_TRACE_COVERED:
        return wijk_sprintf(cx, wijk_tr(cx, "%s: deel van de inwoners dat meetelt"), label);
    case WIJK_TRACE_REST: return wijk_sprintf(cx, wijk_tr(cx, "%s: rest van de verandering"), label);
    case WIJK_TRACE_CHANGE:
        wijk_period_write(t->key.from, from);
        return wijk_sprintf(cx, wijk_tr(cx, "%s: verandering sinds %s"), label, from);
    default: return label;
    }
}

const char *wijk_trace_unit(struct wijk_cx *cx, const struct wijk_trace *t)
{
    if (t->unit) return t->unit;
    switch (t->key.part) {
    case WIJK_TRACE_CLASS: return wijk_tr(cx, "klasse 1 tot en met 9");
    case WIJK_TRACE_COVERED: return wijk_tr(cx, "deel van 1");
    case WIJK_TRACE_REST: return wijk_tr(cx, "afwijking");
    default: return wijk_indicator_unit(t->indicator, wijk_cx_lang(cx));
    }
}

const char *wijk_trace_definition(struct wijk_cx *cx, const struct wijk_trace *t)
{
    if (t->definition) return t->definition;
    switch (t->key.part) {
    case WIJK_TRACE_CLASS: return wijk_tr(cx, "De afwijking van het landelijk gemiddelde, in negen klassen.");
    case WIJK_TRACE_COVERED: return wijk_tr(cx, "Voor welk deel van de inwoners het cijfer spreekt.");
    case WIJK_TRACE_REST:
        return wijk_tr(
            cx, "Wat de veranderingen van de dimensies niet verklaren: vooral afronding door de bron.");
    default: {
        const char *en = t->indicator->definition_en;
        return wijk_cx_lang(cx) == WIJK_EN && en && *en ? en : t->indicator->definition_nl;
    }
    }
}

const char *wijk_trace_rows_in(struct wijk_cx *cx, const struct wijk_source *source)
{
    const struct wijk_yaml *rows = source && source->yaml ? wijk_yaml_get(source->yaml, "rows") : NULL;
    struct wijk_buf b = wijk_buf(cx, 0);
    for (size_t i = 0; rows && i < rows->n; i++)
        wijk_buf_printf(&b, "%s%s", i ? ", " : "", rows->child[i]->text);
    return b.n ? wijk_buf_cstr(&b) : NULL;
}

static bool ends(const char *text, const char *ending)
{
    size_t n = strlen(text), e = strlen(ending);
    return n >= e && strcmp(text + n - e, ending) == 0;
}

const char *wijk_trace_row_word(struct wijk_cx *cx, const struct wijk_load *load)
{
    const char *name = load->file_name;
    if (ends(name, ".csv") || ends(name, ".txt") || ends(name, ".tsv")) return wijk_tr(cx, "regel");
    return ends(name, ".xlsx") || ends(name, ".ods") ? wijk_tr(cx, "rij") : wijk_tr(cx, "object");
}
