#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The peer of `wijk import`, and the check that both read the same. `panel_check.py read FILES` times pandas read_csv of
the files and prints seconds and processor seconds. `panel_check.py same STORE FILES` compares every cell that the store keeps with pandas'."""
import re
import sqlite3
import sys
import time

OK, SUPPRESSED = 1, 2  # enum wijk_status


def read(files):
    import pandas

    start, start_cpu = time.perf_counter(), time.process_time()
    frames = [pandas.read_csv(f, sep=";", na_values=".") for f in files]
    print(f"{time.perf_counter() - start:.4f} {time.process_time() - start_cpu:.4f} {sum(map(len, frames))}")
    return frames


def unpack(value, status, n):
    """The vectors of a series, plain or packed (src/store/sqlite_packed.c), as numpy arrays."""
    import numpy

    if len(value) == 8 * n:
        v = numpy.frombuffer(value, "<f8")
    else:
        mark, width, decimals, zero = value[:4]
        if mark != ord("P") or zero or len(value) != 12 + n * width:
            raise SystemExit("a vector of values in another form")
        b = numpy.frombuffer(value[12:], "u1").reshape(n, width).astype("i8")
        u = sum(b[:, k] << 8 * k for k in range(width))
        v = numpy.where(u == 0, numpy.nan, (int.from_bytes(value[4:12], "little", signed=True) + u - 1) / 10.0**decimals)
    if len(status) == n:
        return v, numpy.frombuffer(status, "u1")
    s, at, k = numpy.full(n, status[1], "u1"), 2, 0
    while at < len(status):
        gap = shift = 0
        while True:
            byte, at = status[at], at + 1
            gap, shift = gap | (byte & 127) << shift, shift + 7
            if byte < 128:
                break
        k += gap
        s[k], at, k = status[at], at + 1, k + 1
    return v, s


def same(store, files):
    import numpy

    db = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    code = [c for (c,) in db.execute("SELECT code FROM buurt WHERE division_year = 2024 ORDER BY pos")]
    cells = hidden = points = 0
    for path, frame in zip(files, read(files)):
        year = int(re.search(r"(\d{4})\.csv$", path)[1])
        if list(frame["code"]) != code:
            raise SystemExit(f"{path}: other areas")
        for name in frame.columns[4:]:
            key = "figure_" + name[-3:], year * 100
            rows = db.execute("SELECT value, status FROM series WHERE indicator = ? AND period = ?", key).fetchall()
            if len(rows) != 1:
                raise SystemExit(f"{key}: {len(rows)} series")
            value, status = unpack(*rows[0], len(code))
            if not numpy.array_equal(value, frame[name].to_numpy(float), equal_nan=True):
                raise SystemExit(f"{key}: other values")
            if not numpy.array_equal(status == OK, ~numpy.isnan(value)):
                raise SystemExit(f"{key}: a value without the status for it")
            cells += len(value)
            hidden += int((status == SUPPRESSED).sum())
        with open(path, encoding="utf-8") as f:
            points += sum(cell == "." for line in f for cell in line.rstrip("\n").split(";"))
    if hidden != points:
        raise SystemExit(f"{hidden} hidden cells instead of {points}")
    print(f"{cells} cells equal, {hidden} of them hidden")


if sys.argv[1] == "read":
    read(sys.argv[2:])
else:
    same(sys.argv[2], sys.argv[3:])
