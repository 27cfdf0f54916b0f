#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# P1 cells: the index over 350,000 cells beside numpy in one run, then its growth: `bench/cells.sh PEERS DATA [ROUNDS]`.
# PEERS holds p1_numpy.py; DATA cells.f32 cells_gm.i32 cells_pop.i32 weights.f64, as their gen.py writes them. numpy reckons in
# single precision, so its sums differ in the fifth digit; the last line is its answer in double precision, to compare with ours.
set -euo pipefail
cd "$(dirname "$0")/.."
peers=$1
export BENCH_DATA=$2 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 LC_ALL=C
program=$(mktemp)
trap 'rm -f "$program"' EXIT
gcc -std=c17 -O3 -D_GNU_SOURCE -Isrc bench/cells.c build/release/src/measure/libwijk_measure.a build/release/src/domain/libwijk_domain.a \
    build/release/src/geo/libwijk_geo.a build/release/src/stats/libwijk_stats.a build/release/src/base/libwijk_base.a \
    -lgeos_c -lyaml -lnettle -lz -lm -lpthread -o "$program"
# The peer's own script by the processor's clock; `double`: one year more, in double precision.
numpy() { /usr/bin/python3 -c 'import sys, time; p = sys.argv[1]; sys.path.insert(0, p + "/lib"); import b
b.now = time.process_time; double = len(sys.argv) > 2
__file__ = p + "/p1_numpy.py"; sys.argv = [__file__, "cells"]; exec(open(__file__).read())
if double: S, c, g = year(X.astype(np.float64), pop, gm); print("numpy in double %.6f/%.6f/%.6f" % (12 * np.abs(S).sum(), 12 * g[2].sum(), 12 * g[3].sum()))' "$peers" "$@"; }
for _ in $(seq "${3:-3}"); do
    "$program" "$BENCH_DATA"
    numpy
done
numpy double
echo "growth in cells"
for n in 87500 175000 350000; do echo "$n $("$program" "$BENCH_DATA" "$n")"; done
