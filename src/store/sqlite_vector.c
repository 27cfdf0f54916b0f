/* SPDX-License-Identifier: EUPL-1.2 */
/* Vectors as they lie in the file: little endian, and one bit pattern for NAN and for nought, so that equal
 * data is equal bytes. */
#include "store/store_int.h"

#include <endian.h>
#include <math.h>
#include <string.h>

static const uint64_t NAN_BITS = UINT64_C(0x7ff8000000000000);

const void *wijk__vector_from_f64(struct wijk_cx *cx, const double *v, size_t n)
{
    uint64_t *out = WIJK_NEW(cx, uint64_t, n);
    for (size_t k = 0; k < n; k++) {
        uint64_t bits;
        const double one = v[k] + 0.0; /* minus nought is nought */
        memcpy(&bits, &one, sizeof bits);
        out[k] = htole64(isnan(one) ? NAN_BITS : bits);
    }
    return out;
}

const void *wijk__vector_from_u32(struct wijk_cx *cx, const uint32_t *v, size_t n)
{
    uint32_t *out = WIJK_NEW(cx, uint32_t, n);
    for (size_t k = 0; k < n; k++) out[k] = htole32(v[k]);
    return out;
}

double *wijk__vector_to_f64(struct wijk_cx *cx, struct wijk_str blob)
{
    size_t n = blob.n / sizeof(double);
    double *out = WIJK_NEW(cx, double, n);
    for (size_t k = 0; k < n; k++) {
        uint64_t bits;
        memcpy(&bits, blob.p + k * sizeof bits, sizeof bits);
        bits = le64toh(bits);
        memcpy(&out[k], &bits, sizeof bits);
    }
    return out;
}

uint32_t *wijk__vector_to_u32(struct wijk_cx *cx, struct wijk_str blob)
{
    size_t n = blob.n / sizeof(uint32_t);
    uint32_t *out = WIJK_NEW(cx, uint32_t, n);
    for (size_t k = 0; k < n; k++) {
        uint32_t bits;
        memcpy(&bits, blob.p + k * sizeof bits, sizeof bits);
        out[k] = le32toh(bits);
    }
    return out;
}
