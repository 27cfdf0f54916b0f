/* SPDX-License-Identifier: EUPL-1.2 */
/* Files inside the program, put there by tools/embed.py: definitions, translations, the web app. */
#ifndef WIJK_BASE_EMBEDDED_H
#define WIJK_BASE_EMBEDDED_H

#include <stddef.h>

struct wijk_embedded {
    const char *name;           /* as under its root; NULL ends the list */
    const unsigned char *bytes; /* followed by a NUL                     */
    size_t n;
};

#endif
