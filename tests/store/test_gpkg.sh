#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Outsiders read our file: GDAL's own validator passes it, and ogrinfo lists layers and tables. 77: skipped, no GDAL.
set -eu
validator=/usr/lib/python3/dist-packages/osgeo_utils/samples/validate_gpkg.py
[ -e "$validator" ] && command -v ogrinfo >/dev/null && /usr/bin/python3 -c 'import osgeo' 2>/dev/null || exit 77
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
"$1" make "$folder/proef.gpkg"
/usr/bin/python3 "$validator" --extra "$folder/proef.gpkg"
ogrinfo -so "$folder/proef.gpkg" >"$folder/list"
for layer in buurt wijk gemeente pc4 water load indicator source method method_limit; do
    grep -q ": $layer" "$folder/list" || { echo "ogrinfo does not list $layer"; cat "$folder/list"; exit 1; }
done
ogrinfo -so "$folder/proef.gpkg" buurt | grep -q "Feature Count: 3"
ogrinfo -so "$folder/proef.gpkg" buurt | grep -q "RD New"
