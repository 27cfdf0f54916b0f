/* SPDX-License-Identifier: EUPL-1.2 */
/* Shared inside stats only: sorting by digits; and eight numbers at a time, compiled for three widths of the
 * processor from one body. Sums run over eight fixed lanes, so the result is the same bit for bit whichever
 * one runs. */
#ifndef WIJK_STATS_INT_H
#define WIJK_STATS_INT_H

#include "stats/stats.h"

#include <math.h>
#include <string.h>

/* ---- sort.c ---- */

struct wijk__keyed {
    uint64_t key, at;
};
/* By key, increasing; equal ones in the order they had. room: n. Work in proportion to n. */
void wijk__keyed_sort(struct wijk__keyed *v, struct wijk__keyed *room, size_t n);
/* Keys in the order of the numbers; no NAN. */
uint64_t wijk__key_of(double v);
double wijk__of_key(uint64_t key); /* the number again; -0 is 0 */

/* ---- eight at a time ---- */

enum { LANES = 8 };
typedef double lanes __attribute__((vector_size(64)));
typedef int64_t bits __attribute__((vector_size(64)));
typedef uint8_t bytes __attribute__((vector_size(8)));
typedef float singles __attribute__((vector_size(32)));

#define BODY static inline __attribute__((always_inline))

/* Runs NAME_body as compiled for the widest registers that are there. */
#if defined(__x86_64__)
#define WIDTHS(name, params, args)                                                                           \
    __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl"))) static void name##_512 params              \
    {                                                                                                        \
        name##_body args;                                                                                    \
    }                                                                                                        \
    __attribute__((target("avx2"))) static void name##_256 params                                            \
    {                                                                                                        \
        name##_body args;                                                                                    \
    }                                                                                                        \
    static void name params                                                                                  \
    {                                                                                                        \
        if (__builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&                      \
            __builtin_cpu_supports("avx512bw"))                                                              \
            name##_512 args;                                                                                 \
        else if (__builtin_cpu_supports("avx2"))                                                             \
            name##_256 args;                                                                                 \
        else                                                                                                 \
            name##_body args;                                                                                \
    }
#else
#define WIDTHS(name, params, args)                                                                           \
    static void name params                                                                                  \
    {                                                                                                        \
        name##_body args;                                                                                    \
    }
#endif

/* Eight numbers from p, or the `n` that are left with NAN behind them. */
#define LOAD(x, p, n)                                                                                        \
    do {                                                                                                     \
        if ((n) >= LANES) {                                                                                  \
            memcpy(&(x), (p), sizeof(lanes));                                                                \
        } else {                                                                                             \
            (x) = (lanes){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};                                           \
            memcpy(&(x), (p), (n) * sizeof(double));                                                         \
        }                                                                                                    \
    } while (0)

/* The same from single precision. */
#define LOAD_SINGLE(x, p, n)                                                                                 \
    do {                                                                                                     \
        singles narrow_ = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};                                          \
        if ((n) >= LANES)                                                                                    \
            memcpy(&narrow_, (p), sizeof narrow_);                                                           \
        else                                                                                                 \
            memcpy(&narrow_, (p), (n) * sizeof(float));                                                      \
        for (size_t k_ = 0; k_ < LANES; k_++) (x)[k_] = (double)narrow_[k_];                                 \
    } while (0)

#define STORE(p, x, n)     memcpy((p), &(x), (n) >= LANES ? sizeof(lanes) : (n) * sizeof(double))
/* x where the mask is set, else 0. The mask is one comparison: gcc takes two of them joined by & apart,
 * number by number. */
#define WHERE(mask, x)     ((lanes)((bits)(x) & (mask)))
/* x where it is set, else y. */
#define EITHER(mask, x, y) ((lanes)(((bits)(x) & (mask)) | ((bits)((lanes){0} + (y)) & ~(mask))))

#endif
