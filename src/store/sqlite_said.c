/* SPDX-License-Identifier: EUPL-1.2 */
/* Where each text of people stands: one table of statements, so that taking one away reaches every edition,
 * and nothing else has to know where they are. */
#include "store/moderation_store.h"
#include "store/store_int.h"

/* ?1 gemeente, ?2 object everywhere; put: ?3 the place, ?4 the text, ?5 also where one stands by now.
 *   about  maker, organisation of the text, organisation and maker of who sees it, how far it is shared
 *   read   place, text
 *   touch  who was changing it meanwhile is told so, and copies follow; NULL: nothing */
struct where {
    const char *about, *read, *put, *touch;
};

/* The object of a reply: name of its signal, a dot, its place among the replies from 1. */
#define REPLY                                                                                                \
    "(SELECT r.id FROM signal s JOIN signal_reply r ON r.signal = s.id WHERE s.gemeente = ?1 AND"            \
    " s.name = substr(?2, 1, instr(?2, '.') - 1) AND"                                                        \
    " CAST(substr(?2, instr(?2, '.') + 1) AS INTEGER) > 0 ORDER BY r.id LIMIT 1"                             \
    " OFFSET CAST(substr(?2, instr(?2, '.') + 1) AS INTEGER) - 1)"
#define SHARED       "CASE WHEN public_version > 0 THEN 'openbaar' ELSE sharing END"
#define OF_PARTNER   " FROM partner WHERE gemeente = ?1 AND id = ?2"
#define OF_CONTACT   " FROM partner_contact WHERE gemeente = ?1 AND partner = ?2"
#define OF_OFFER     " FROM offer WHERE gemeente = ?1 AND CAST(id AS TEXT) = ?2"
#define OF_PROPOSAL  " FROM proposal WHERE gemeente = ?1 AND CAST(id AS TEXT) = ?2"
#define CONTACT_AT   "edition || '/' || nr || '/"
#define PARTNER_SEEN "SELECT made_by, id, id, made_by, " SHARED OF_PARTNER " AND edition = 0"
#define PARTNER_TOUCH                                                                                        \
    "UPDATE partner SET version = version + 1 WHERE gemeente = ?1 AND id = ?2 AND edition = 0"
#define CONTACT_PUT(letter, column)                                                                          \
    column " = CASE WHEN ?3 = " CONTACT_AT letter "' AND (?5 OR " column " = '') THEN ?4 ELSE " column " EN" \
           "D"

static const struct where WHERE[] = {
    [WIJK_SAID_SIGNAL] = {"SELECT made_by, '', partner, made_by, sharing FROM signal WHERE gemeente = ?1 AND"
                          " name = ?2 AND state <> 'ingetrokken'",
                          "SELECT 'zin', sentence FROM signal WHERE gemeente = ?1 AND name = ?2 AND"
                          " sentence <> ''",
                          "UPDATE signal SET sentence = ?4 WHERE gemeente = ?1 AND name = ?2 AND ?3 = 'zin'"
                          " AND state <> 'ingetrokken' AND (?5 OR sentence = '')",
                          "UPDATE signal SET version = version + 1 WHERE gemeente = ?1 AND name = ?2"},
    [WIJK_SAID_REPLY] = {"SELECT r.made_by, '', s.partner, s.made_by, s.sharing FROM signal_reply r"
                         " JOIN signal s ON s.id = r.signal WHERE r.id = " REPLY,
                         "SELECT 'tekst', words FROM signal_reply WHERE words <> '' AND id = " REPLY,
                         "UPDATE signal_reply SET words = ?4 WHERE ?3 = 'tekst' AND (?5 OR words = '')"
                         " AND id = " REPLY,
                         NULL},
    [WIJK_SAID_PARTNER] = {PARTNER_SEEN, "SELECT CAST(edition AS TEXT), about" OF_PARTNER " AND about <> ''",
                           "UPDATE partner SET about = ?4 WHERE gemeente = ?1 AND id = ?2 AND"
                           " CAST(edition AS TEXT) = ?3 AND (?5 OR about = '')",
                           PARTNER_TOUCH},
    [WIJK_SAID_CONTACTS] = {PARTNER_SEEN,
                            "SELECT " CONTACT_AT "f', function" OF_CONTACT " AND function <> '' UNION ALL"
                            " SELECT " CONTACT_AT "t', phone" OF_CONTACT " AND phone <> '' UNION ALL"
                            " SELECT " CONTACT_AT "m', mail" OF_CONTACT " AND mail <> ''",
                            "UPDATE partner_contact SET " CONTACT_PUT("f", "function") ", " CONTACT_PUT(
                                "t",
                                "phone") ", " CONTACT_PUT("m",
                                                          "mail") " WHERE gemeente = ?1 AND partner = ?2 AND "
                                                                  "substr(?3, 1, length(?3) - 1) ="
                                                                  " edition || '/' || nr || '/'",
                            PARTNER_TOUCH},
    [WIJK_SAID_OFFER] =
        {"SELECT made_by, partner, partner, made_by, " SHARED OF_OFFER " AND edition = 0",
         "SELECT edition || '/t', title" OF_OFFER " AND title <> '' UNION ALL"
         " SELECT edition || '/w', what" OF_OFFER " AND what <> ''",
         "UPDATE offer SET"
         " title = CASE WHEN ?3 = edition || '/t' AND (?5 OR title = '') THEN ?4 ELSE title END,"
         " what = CASE WHEN ?3 = edition || '/w' AND (?5 OR what = '') THEN ?4 ELSE what END"
         " WHERE gemeente = ?1 AND CAST(id AS TEXT) = ?2 AND"
         " edition || '/' = substr(?3, 1, length(?3) - 1)",
         "UPDATE offer SET version = version + 1 WHERE gemeente = ?1 AND"
         " CAST(id AS TEXT) = ?2 AND edition = 0"},
    [WIJK_SAID_PROPOSAL] =
        {"SELECT made_by, '', '', made_by, 'partners'" OF_PROPOSAL,
         "SELECT 'waarom', why" OF_PROPOSAL " AND why <> ''",
         "UPDATE proposal SET why = ?4 WHERE gemeente = ?1 AND CAST(id AS TEXT) = ?2 AND"
         " ?3 = 'waarom' AND (?5 OR why = '')",
         "UPDATE norm SET why = (SELECT p.why FROM proposal p WHERE p.id = norm.proposal)" /* it says it too
                                                                                            */
         " WHERE proposal = CAST(?2 AS INTEGER) AND gemeente = ?1"},
    [WIJK_SAID_DECISION] = {"SELECT decided_by, '', '', decided_by, 'partners'" OF_PROPOSAL
                            " AND verdict <> 'open'",
                            "SELECT 'antwoord', answer" OF_PROPOSAL " AND coalesce(answer, '') <> ''",
                            "UPDATE proposal SET answer = ?4 WHERE gemeente = ?1 AND"
                            " CAST(id AS TEXT) = ?2 AND ?3 = 'antwoord' AND"
                            " (?5 OR coalesce(answer, '') = '')",
                            NULL}};
_Static_assert(sizeof WHERE / sizeof *WHERE == WIJK_SAID_KIND_COUNT, "each kind of text stands somewhere");

static struct wijk__q of_one(struct wijk_cx *cx, struct wijk_store *store, const char *sql,
                             const struct wijk_said *of)
{
    struct wijk__q q = wijk__q(cx, store, sql);
    wijk__q_text(&q, of->gemeente);
    wijk__q_text(&q, of->object);
    return q;
}

enum wijk_err wijk_store_said_about(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_said *of,
                                    struct wijk_said_about *out)
{
    struct wijk__q q = of_one(cx, store, WHERE[of->kind].about, of);
    *out = (struct wijk_said_about){.partner = ""};
    if (wijk__q_row(&q)) {
        out->known = true;
        out->maker = wijk__q_get_int(&q, 0);
        out->partner = wijk__q_get_text(&q, 1);
        out->object = (struct wijk_object){
            .gemeente = of->gemeente, .partner = wijk__q_get_text(&q, 2), .maker = wijk__q_get_int(&q, 3)};
        if (!wijk_sharing_parse(wijk_str(wijk__q_get_text(&q, 4)), &out->object.sharing))
            out->object.sharing = WIJK_SHARING_DRAFT;
    }
    return wijk__q_end(&q);
}

enum wijk_err wijk_store_said_read(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_said *of,
                                   const struct wijk_said_text **out, size_t *n)
{
    struct wijk_said_text *v = NULL;
    size_t cap = 0;
    struct wijk__q q = of_one(cx, store, WHERE[of->kind].read, of);
    *n = 0;
    while (wijk__q_row(&q)) {
        v = wijk_grow(cx, v, *n, &cap, sizeof *v);
        v[(*n)++] = (struct wijk_said_text){wijk__q_get_text(&q, 0), wijk__q_get_text(&q, 1)};
    }
    *out = v;
    return wijk__q_end(&q);
}

struct laying {
    const struct wijk_said *of;
    const struct wijk_said_text *text;
    size_t n;
    bool wipe;
};

static enum wijk_err lay(struct wijk_cx *cx, struct wijk_store *store, void *arg)
{
    const struct laying *v = arg;
    const struct where *w = &WHERE[v->of->kind];
    for (size_t k = 0; k < v->n; k++) {
        struct wijk__q q = of_one(cx, store, w->put, v->of);
        wijk__q_text(&q, v->text[k].place);
        wijk__q_text(&q, v->wipe ? "" : v->text[k].text);
        wijk__q_int(&q, v->wipe);
        WIJK_TRY(wijk__q_done(&q));
    }
    if (!w->touch) return WIJK_OK;
    struct wijk__q q = of_one(cx, store, w->touch, v->of);
    return wijk__q_done(&q);
}

enum wijk_err wijk_store_said_wipe(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_said *of,
                                   const struct wijk_said_text *text, size_t n)
{
    return wijk__store_quietly(cx, store, lay, &(struct laying){of, text, n, true});
}

enum wijk_err wijk_store_said_put(struct wijk_cx *cx, struct wijk_store *store, const struct wijk_said *of,
                                  const struct wijk_said_text *text, size_t n)
{
    return wijk__store_quietly(cx, store, lay, &(struct laying){of, text, n, false});
}
