/* SPDX-License-Identifier: EUPL-1.2 */
/* Shared inside domain only: reading a map of a definition file into a struct by a table of its keys. */
#ifndef WIJK_DOMAIN_INT_H
#define WIJK_DOMAIN_INT_H

#include "domain/domain.h"

/* The definition file that is being read. */
struct wijk__def {
    struct wijk_cx *cx;
    const char *file;
};
/* Raises WIJK_EDEF "FILE regel LINE: what"; `what` is Dutch with at most one %s for `name`. */
enum wijk_err wijk__def_fail(const struct wijk__def *d, size_t line, const char *what, const char *name);

enum wijk__def_kind {
    WIJK__DEF_TEXT,   /* const char *at `at`; not empty                         */
    WIJK__DEF_ID,     /* the same; letters, digits, _ - and points               */
    WIJK__DEF_PAIR,   /* {nl: .., en: ..}: const char * at `at` and at `at_en`    */
    WIJK__DEF_NUMBER, /* double                                                  */
    WIJK__DEF_WHOLE,  /* int from 0 to 99                                        */
    WIJK__DEF_YES_NO, /* bool: true or false                                     */
    WIJK__DEF_CHOICE, /* enum: the place in `choice`                             */
    WIJK__DEF_WORD,   /* const char *: one of `choice`; the first when absent     */
    WIJK__DEF_OTHER   /* known, but read by the caller                           */
};
struct wijk__def_field {
    const char *key;
    enum wijk__def_kind kind;
    bool required;
    size_t at, at_en;
    const char *const *choice; /* ends with NULL */
};
/* Fills `into` from a map. Text members that are absent become "". Keys the table lacks are a fault, unless
 * `open`. */
enum wijk_err wijk__def_read_map(const struct wijk__def *d, const struct wijk_yaml *map,
                                 const struct wijk__def_field *field, size_t n_field, bool open, void *into);
enum wijk_err wijk__def_number(const struct wijk__def *d, const struct wijk_yaml *v, const char *key,
                               double *out);
/* The list under `key`, with 1 to max items. */
enum wijk_err wijk__def_list(const struct wijk__def *d, const struct wijk_yaml *map, const char *key,
                             size_t max, const struct wijk_yaml **out);

/* Where a definition stands, for complaints that come after reading. */
struct wijk__def_place {
    const char *file;
    size_t line;
};
/* What is read so far; places run beside the definitions. */
struct wijk__def_set {
    struct wijk_defs defs;
    struct wijk_indicator *indicator;
    struct wijk_method *method;
    struct wijk_source *source;
    struct wijk_trajectory_rules *trajectory;
    struct wijk_recipe *recipe;
    struct wijk_peer_recipe *peers;
    struct wijk_perception_pair *perception;
    struct wijk_event *event;
    size_t n_algorithm_file;
    struct wijk__algorithm_file {
        const char *file;
        const struct wijk_yaml *yaml;
    } * algorithm_file; /* read when all else is known */
    struct wijk_theme *theme;
    struct wijk__def_place *indicator_at, *method_at, *source_at, *recipe_at, *trajectory_at, *peers_at,
        *perception_at, *theme_at;
};
enum wijk_err wijk__def_indicators(const struct wijk__def *d, const struct wijk_yaml *file,
                                   struct wijk__def_set *set);
enum wijk_err wijk__def_method(const struct wijk__def *d, const struct wijk_yaml *file,
                               struct wijk__def_set *set);
enum wijk_err wijk__def_source(const struct wijk__def *d, const struct wijk_yaml *file,
                               struct wijk__def_set *set);
enum wijk_err wijk__def_trajectory(const struct wijk__def *d, const struct wijk_yaml *file,
                                   struct wijk__def_set *set);
enum wijk_err wijk__def_recipe(const struct wijk__def *d, const struct wijk_yaml *file,
                               struct wijk__def_set *set);
/* Its inputs, when all indicators are known; directions that it leaves to the indicator are filled in. */
enum wijk_err wijk__def_recipe_check(const struct wijk__def *d, const struct wijk_defs *defs,
                                     struct wijk_recipe *r);
enum wijk_err wijk__def_peers(const struct wijk__def *d, const struct wijk_yaml *file,
                              struct wijk__def_set *set);
enum wijk_err wijk__def_perception(const struct wijk__def *d, const struct wijk_yaml *file,
                                   struct wijk__def_set *set);
enum wijk_err wijk__def_peers_check(const struct wijk__def *d, size_t line, const struct wijk_defs *defs,
                                    const struct wijk_peer_recipe *r);
enum wijk_err wijk__def_perception_check(const struct wijk__def *d, size_t line, const struct wijk_defs *defs,
                                         const struct wijk_perception_pair *p);
enum wijk_err wijk__def_events(const struct wijk__def *d, const struct wijk_yaml *file,
                               struct wijk__def_set *set);
/* The `record` of an entry; map NULL: nothing is known. */
enum wijk_err wijk__def_record(const struct wijk__def *d, const struct wijk_yaml *map,
                               struct wijk_record *out);
/* Keeps the file; wijk__def_algorithms() makes the register of them, of the methods and of the recipes. */
enum wijk_err wijk__def_algorithm(const struct wijk__def *d, const struct wijk_yaml *file,
                                  struct wijk__def_set *set);
enum wijk_err wijk__def_algorithms(struct wijk_cx *cx, struct wijk__def_set *set);
enum wijk_err wijk__def_themes(const struct wijk__def *d, const struct wijk_yaml *file,
                               struct wijk__def_set *set);
enum wijk_err wijk__def_theme_check(const struct wijk__def *d, size_t line, const struct wijk_defs *defs,
                                    const struct wijk_theme *t);
extern const char *const wijk__def_disclosures[]; /* kinds of disclosure by their words */
/* A source's `disclosure`: a map of indicators to words. Checked when all indicators are known. */
enum wijk_err wijk__def_source_disclosure(const struct wijk__def *d, const struct wijk_defs *defs,
                                          const struct wijk_source *s);
enum {
    WIJK__INDICATORS_MAX = 4000,
    WIJK__METHODS_MAX = 64,
    WIJK__SOURCES_MAX = 1000,
    WIJK__TRAJECTORIES_MAX = 64,
    WIJK__RECIPES_MAX = 64,
    WIJK__PEERS_MAX = 64,
    WIJK__EVENTS_MAX = 1000,
    WIJK__ALGORITHMS_MAX = 128, /* files */
    WIJK__LIMITS_MAX = 100
};

#endif
