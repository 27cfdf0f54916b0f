#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Writes one large CSV of the panel: the rows of its last year again for every month, until the file is large enough.
usage: large.py PANEL_FOLDER FILE MEGABYTES"""
import sys
from pathlib import Path


def main():
    folder, out, want = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]) * 1_000_000
    header, *lines = (folder / "panel-2024.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.split(";", 4) for line in lines]
    size = month = 0
    with open(out, "w", encoding="utf-8", newline="") as f:
        size += f.write(header + "\n")
        while size < want:
            period = f"{1991 + month // 12}-{month % 12 + 1:02d}"
            size += f.write("".join(f"{a};{b};{c};{period};{rest}\n" for a, b, c, _, rest in rows))
            month += 1


main()
