#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# What people cost with few and with many: `bench/people.sh [ACCOUNTS ROWS]`. Wants build/release.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/build release
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
# the libraries of the program itself
libs=$(ninja -C build/release -t commands wijk | tail -n 1 | grep -o -e '-Wl,--start-group.*-Wl,--end-group')
cd build/release
# shellcheck disable=SC2086
gcc -O2 -std=c17 -D_GNU_SOURCE -I../../src ../../bench/people.c $libs -o "$dir/people"
"$dir/people" "$dir" 100 1000
"$dir/people" "$dir" "${1:-50000}" "${2:-1000000}"
