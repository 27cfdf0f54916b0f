/* SPDX-License-Identifier: EUPL-1.2 */
/* A reader who wants to know: takes what is published and all sums, and bounds every hidden cell. Shares no
 * code with what it attacks. */
#ifndef TESTS_DISCLOSE_ATTACKER_H
#define TESTS_DISCLOSE_ATTACKER_H

#include "disclose/disclose.h"

enum attacker_knows {
    ATTACKER_SEES_ROUNDED, /* a shown figure lies within its rounding                          */
    ATTACKER_KNOWS_EXACT   /* more than anybody sees: the true value of every shown figure      */
};
/* Bounds of every cell by Gaussian elimination over the hidden cells and by interval narrowing over the sums
 * and over what elimination gives. low, high: cells. */
void attack(const struct wijk_disclose_table *in, const struct wijk_disclosed *out, double step,
            enum attacker_knows knows, double *low, double *high);
/* Cells that are bounded more closely than promised; prints the first when `tell`. */
size_t leaks(const struct wijk_disclose_table *in, const struct wijk_disclosed *out,
             const struct wijk_disclosure_rule *rule, enum attacker_knows knows, bool tell);

#endif
