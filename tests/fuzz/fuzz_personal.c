/* SPDX-License-Identifier: EUPL-1.2 */
/* Free text: whatever bytes come in, what is found lies within them, in order, and apart. */
#include "domain/domain.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(cond)                                                                                           \
    do {                                                                                                     \
        if (!(cond)) abort();                                                                                \
    } while (0)

/* Every other run of words is a known name. */
static bool odd(void *self, struct wijk_str words)
{
    (void)self;
    MUST(words.n > 0);
    return words.n % 2 == 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wijk_str text = {(const char *)data, size};
    struct wijk_personal_known known = {odd, NULL};
    struct wijk_personal_place p[WIJK_PERSONAL_PLACES];
    for (int k = 0; k < 2; k++) {
        size_t n = wijk_personal_find(text, k ? &known : NULL, p);
        MUST(n <= WIJK_PERSONAL_PLACES);
        for (size_t i = 0; i < n; i++) {
            MUST(p[i].kind > WIJK_PERSONAL_NONE && p[i].kind < WIJK_PERSONAL_COUNT);
            MUST(p[i].from < p[i].to && p[i].to <= size);
            MUST(i == 0 || p[i - 1].to <= p[i].from);
        }
        if (!k) MUST(n > 0 || wijk_personal_in_text(text) == WIJK_PERSONAL_NONE);
    }
    return 0;
}
