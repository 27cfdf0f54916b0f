/* SPDX-License-Identifier: EUPL-1.2 */
/* A row of the log in a table. */
#include "report/report_int.h"

void wijk_table_audit(struct wijk_table_out *t, struct wijk_cx *cx, const struct wijk_audit *a,
                      bool with_seal)
{
    const char *why = wijk_audit_why(a);
    char hash[2 * WIJK_HASH + 1];
    wijk_hex(a->hash, WIJK_HASH, hash);
    wijk_table_int(t, a->nr);
    wijk_table_text(t, a->at);
    if (a->account)
        wijk_table_int(t, a->account);
    else
        wijk_table_empty(t);
    wijk_table_text(t, a->via);
    wijk_table_text(t, wijk_done_id(a->done));
    wijk_table_text(t, a->gemeente);
    wijk_table_text(t, a->kind);
    wijk_table_text(t, a->object);
    wijk_table_text(t, why ? wijk_tr(cx, why) : NULL);
    if (with_seal) wijk_table_text(t, why != a->why ? a->why : NULL);
    wijk_table_text(t, a->before);
    wijk_table_text(t, a->after);
    wijk_table_text(t, hash);
    wijk_table_end_row(t);
}
