#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# P1: the index beside numpy and pandas in one run, then its growth: `bench/index.sh PEERS DATA [ROUNDS]`.
# PEERS holds p1_numpy.py and p1_pandas.py; DATA panel.f64 weights.f64 gm.i32 pop.i32, as their gen.py writes them.
set -euo pipefail
cd "$(dirname "$0")/.."
peers=$1
export BENCH_DATA=$2 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 LC_ALL=C
rounds=${3:-5}
program=$(mktemp)
trap 'rm -f "$program"' EXIT
gcc -std=c17 -O3 -D_GNU_SOURCE -Isrc bench/index.c build/release/src/measure/libwijk_measure.a build/release/src/domain/libwijk_domain.a \
    build/release/src/geo/libwijk_geo.a build/release/src/stats/libwijk_stats.a build/release/src/base/libwijk_base.a \
    -lgeos_c -lyaml -lnettle -lz -lm -lpthread -o "$program"
# The peer's own script, its clock once the wall's and once the processor's.
numpy() { /usr/bin/python3 -c 'import sys, time; p = sys.argv[1]; sys.path.insert(0, p + "/lib"); import b
if sys.argv[2] == "processor": b.now = time.process_time
__file__ = p + "/p1_numpy.py"; sys.argv = [__file__, "panel"]; exec(open(__file__).read())' "$peers" "$1" | sed "s/^/$1 /"; }
for _ in $(seq "$rounds"); do
    "$program" "$BENCH_DATA" 7
    numpy wall
    numpy processor
done
[ -z "${PANDAS:-}" ] || /usr/bin/python3 "$peers/p1_pandas.py"
echo "growth: areas, then indicators, then years"
for n in 3500 7000 14000; do echo "$n areas $("$program" "$BENCH_DATA" 7 "$n" | head -n 1)"; done
for k in 25 50 100; do echo "$k indicators $("$program" "$BENCH_DATA" 7 14000 "$k" | head -n 1)"; done
for y in 3 6 12; do echo "$y years $("$program" "$BENCH_DATA" 7 14000 100 "$y" | head -n 1)"; done
