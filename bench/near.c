/* SPDX-License-Identifier: EUPL-1.2 */
/* How long the 20 nearest rows of all rows take: `near FILE N D K` with FILE of doubles, N x D by row, made
 * alike in scale first and gaps filled with the mean, as near.py does for its peers. Prints processor
 * seconds, the sum of the rows told and of their distances, and microseconds for one row. */
#include "stats/stats.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double cpu_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void standardise(double *x, size_t n, size_t d)
{
    for (size_t j = 0; j < d; j++) {
        double sum = 0, squares = 0, m = 0;
        for (size_t i = 0; i < n; i++)
            if (!isnan(x[i * d + j])) sum += x[i * d + j], m++;
        for (size_t i = 0; i < n; i++)
            if (!isnan(x[i * d + j])) squares += pow(x[i * d + j] - sum / m, 2);
        for (size_t i = 0; i < n; i++)
            x[i * d + j] = isnan(x[i * d + j]) ? 0 : (x[i * d + j] - sum / m) / sqrt(squares / m);
    }
}

int main(int argc, char **argv)
{
    if (argc != 5) return 2;
    const size_t n = strtoul(argv[2], NULL, 10), d = strtoul(argv[3], NULL, 10),
                 k = strtoul(argv[4], NULL, 10);
    struct wijk_cx *cx = wijk_cx_new(WIJK_NL);
    double *x = WIJK_NEW(cx, double, n *d), *distance = WIJK_NEW(cx, double, n *k), sum = 0;
    uint32_t *near = WIJK_NEW(cx, uint32_t, n * k);
    FILE *f = fopen(argv[1], "rb");
    if (!f || fread(x, sizeof *x, n * d, f) != n * d) return 1;
    fclose(f);
    standardise(x, n, d);
    const struct wijk_near_in in = {n, d, x, k, 0};
    const double before = cpu_s();
    wijk_near_all(cx, &in, near, distance);
    const double seconds = cpu_s() - before;
    uint64_t rows = 0;
    for (size_t i = 0; i < n * k; i++) rows += near[i], sum += distance[i];
    const double one = cpu_s();
    for (size_t i = 0; i < 200; i++) wijk_near_one(&in, i * 31 % n, near, distance);
    printf("P8.knn%zu wijk %.4f sumidx=%llu/sumdist=%.3f one=%.0fus\n", k, seconds, (unsigned long long)rows,
           sum, (cpu_s() - one) / 200 * 1e6);
    wijk_cx_end(cx);
    return 0;
}
