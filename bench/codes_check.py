#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Do `wijk import` and ogr2ogr have the same areas? usage: codes_check.py STORE PEER"""
import sqlite3
import sys


def codes(path, sql):
    return {c for (c,) in sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute(sql)}


peer = sqlite3.connect(f"file:{sys.argv[2]}?mode=ro", uri=True)
column = next(c[1] for c in peer.execute("PRAGMA table_info(buurt)") if c[1].lower() in ("bu_code", "statcode", "code"))
ours, theirs = codes(sys.argv[1], "SELECT code FROM buurt"), codes(sys.argv[2], f'SELECT "{column}" FROM buurt')
if ours != theirs:
    sys.exit(f"{len(ours - theirs)} areas only in the store, {len(theirs - ours)} only at the peer")
print(f"{len(ours)} areas equal")
