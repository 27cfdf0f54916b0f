#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# How the costs of the gap grow: `bench/gap.sh`. Wants build/release.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/build release
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
lib=build/release/src
gcc -O2 -std=c17 -D_GNU_SOURCE -Isrc bench/gap.c $lib/measure/libwijk_measure.a $lib/domain/libwijk_domain.a $lib/geo/libwijk_geo.a \
    $lib/stats/libwijk_stats.a $lib/base/libwijk_base.a -lgeos_c -lyaml -lnettle -lz -lm -lpthread -o "$dir/gap"
"$dir/gap"
