/* SPDX-License-Identifier: EUPL-1.2 */
/* Shared inside report only. */
#ifndef WIJK_REPORT_INT_H
#define WIJK_REPORT_INT_H

#include "report/report.h"

/* A label within a sentence: a capital in front becomes small, unless the word is an abbreviation. */
const char *wijk__in_sentence(struct wijk_cx *cx, const char *label);

#endif
