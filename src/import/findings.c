/* SPDX-License-Identifier: EUPL-1.2 */
/* What is worth telling about the rows of a file: refused or kept with a remark. */
#include "import/mapper.h"

void wijk__finding_add(struct wijk__findings *f, enum wijk_finding_kind kind, uint64_t line,
                       struct wijk_str column, const char *reason, const char *cure)
{
    if (f->n == WIJK_FINDINGS_KEPT) return;
    f->v = wijk_grow(f->cx, f->v, f->n, &f->cap, sizeof *f->v);
    f->v[f->n++] =
        (struct wijk_finding){kind, line, wijk_str_dup(f->cx, column), wijk_str_dup(f->cx, wijk_str(reason)),
                              wijk_str_dup(f->cx, wijk_str(cure))};
}
