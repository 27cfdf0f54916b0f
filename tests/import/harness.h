/* SPDX-License-Identifier: EUPL-1.2 */
/* What the import tests share: the product's own definitions, and one file read by its path. */
#ifndef TESTS_IMPORT_HARNESS_H
#define TESTS_IMPORT_HARNESS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "import/import.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* All definitions under ROOT/defs; `extra` (NULL allowed) is one more source, in YAML. */
static inline const struct wijk_defs *read_defs(struct wijk_cx *cx, const char *root, const char *extra)
{
    static const char *const KIND[] = {"indicators", "methods", "sources"};
    struct wijk_def_file file[128];
    const struct wijk_defs *defs;
    size_t n = 0;
    for (size_t k = 0; k < 3; k++) {
        const char *dir = wijk_sprintf(cx, "%s/defs/%s", root, KIND[k]);
        DIR *d = opendir(dir);
        if (!d) fail_msg("%s is not there", dir);
        for (const struct dirent *e; (e = readdir(d));) {
            size_t len = strlen(e->d_name);
            if (len < 6 || strcmp(e->d_name + len - 5, ".yaml") != 0 || n == 127) continue;
            file[n].name = wijk_sprintf(cx, "%s/%s", KIND[k], e->d_name);
            if (wijk_file_read(cx, wijk_sprintf(cx, "%s/%s", dir, e->d_name), WIJK_LIMIT_YAML,
                               &file[n].bytes) != WIJK_OK)
                fail_msg("%s", wijk_fault(cx));
            n++;
        }
        closedir(d);
    }
    if (extra) file[n++] = (struct wijk_def_file){"sources/extra.yaml", wijk_str(extra)};
    if (wijk_defs_read(cx, file, n, &defs) != WIJK_OK) fail_msg("%s", wijk_fault(cx));
    return defs;
}

static inline const struct wijk_areas *areas_of(const struct wijk_import_batch *b, enum wijk_level level,
                                                size_t *at)
{
    for (size_t i = 0; i < b->n_areas; i++) {
        if (b->areas[i].level != level) continue;
        if (at) *at = i;
        return &b->areas[i];
    }
    return NULL;
}

static inline size_t area_at(const struct wijk_areas *a, const char *code)
{
    for (size_t i = 0; i < a->n; i++)
        if (strcmp(a->v[i].code, code) == 0) return i;
    return SIZE_MAX;
}

static inline const struct wijk_series *series_of(const struct wijk_import_batch *b, const char *indicator,
                                                  const char *period, enum wijk_level level)
{
    struct wijk_period p;
    if (!wijk_period_parse(wijk_str(period), &p)) return NULL;
    for (size_t i = 0; i < b->n_series; i++) {
        const struct wijk_series_key *k = &b->series[i].key;
        if (strcmp(k->indicator, indicator) == 0 && k->level == level &&
            wijk_period_key(k->period) == wijk_period_key(p))
            return &b->series[i];
    }
    return NULL;
}

#endif
