#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Growth of the trend and the types of course at three sizes: `bench/trend.sh`. Wants build/release.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p bench/out
lib=build/release/src
gcc -std=c17 -O3 -D_GNU_SOURCE -ffp-contract=off -Isrc bench/trend.c $lib/measure/libwijk_measure.a $lib/domain/libwijk_domain.a $lib/geo/libwijk_geo.a \
    $lib/stats/libwijk_stats.a $lib/base/libwijk_base.a -lm -lpthread -lyaml -lnettle -lgeos_c -lz -o bench/out/trend
echo "areas years missing trend-ms types-ms checksum; then points slopes-us checksum"
bench/out/trend
