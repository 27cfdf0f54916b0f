/* SPDX-License-Identifier: EUPL-1.2 */
/* Shared by personal.c and personal_text.c: what a cell of a table and a sentence are both searched for. */
#ifndef WIJK_DOMAIN_PERSONAL_H
#define WIJK_DOMAIN_PERSONAL_H

#include "domain/domain.h"

struct wijk__span {
    size_t from, to; /* bytes; to: just behind it */
};
/* The first one at or behind `at`. */
bool wijk__personal_email(struct wijk_str s, size_t at, struct wijk__span *span);
bool wijk__personal_phone(struct wijk_str s, size_t at, struct wijk__span *span);
bool wijk__personal_postcode(struct wijk_str s, size_t at, struct wijk__span *span); /* and house number */
/* The test of eleven, on eight or nine digits. */
bool wijk__personal_eleven(const char *digit, size_t n);

#endif
