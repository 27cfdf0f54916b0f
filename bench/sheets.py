#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Do the sheets of figures of a workbook hold so many rows? usage: sheets.py FILE ROWS. Reads the archive as a stream."""
import re
import sys
import zipfile

MOST = 1048576  # rows of a sheet, the header among them
path, want = sys.argv[1], int(sys.argv[2])
rows = []
with zipfile.ZipFile(path) as z:
    for name in sorted((n for n in z.namelist() if n.startswith("xl/worksheets/sheet")), key=lambda n: int(re.sub(r"\D", "", n))):
        n, rest = 0, b""
        with z.open(name) as f:
            while piece := f.read(1 << 20):
                rest += piece
                n += rest.count(b"<row ")
                rest = rest[-4:]
        rows.append(n)
filled, left = [], want
for n in rows:  # the figures come first, each sheet full before the next
    if left <= 0:
        break
    filled.append(n)
    left -= n - 1
if left or any(n != MOST for n in filled[:-1]):
    raise SystemExit("sheets of %s rows for %d figures" % (filled, want))
print("%d sheets of figures, %d rows" % (len(filled), want))
