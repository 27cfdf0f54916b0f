#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""The 20 nearest rows of all rows by `bench/near.c` beside faiss (flat, exact) and scikit-learn (brute force), in turns and with equal
answers: near.py NEAR [ROUNDS]. Made-up rows of 100 columns at three sizes; processor seconds, one thread each, median of the rounds."""
import os
import subprocess
import sys
import tempfile
import time

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
import faiss  # noqa: E402
import numpy as np  # noqa: E402
from sklearn.neighbors import NearestNeighbors  # noqa: E402

NEAR, ROUNDS = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3
COLUMNS, K = 100, 20


def by_faiss(x):
    f = x.astype(np.float32)
    start = time.process_time()
    index = faiss.IndexFlatL2(COLUMNS)
    index.add(f)
    _, near = index.search(f, K + 1)
    return time.process_time() - start, near[:, 1:].sum()


def by_sklearn(x):
    start = time.process_time()
    _, near = NearestNeighbors(n_neighbors=K + 1, algorithm="brute").fit(x).kneighbors(x)
    return time.process_time() - start, near[:, 1:].sum()


def ours(path, n):
    out = subprocess.run([NEAR, path, str(n), str(COLUMNS), str(K)], check=True, capture_output=True, text=True).stdout.split()
    return float(out[2]), int(out[3].split("/")[0].removeprefix("sumidx="))


print("| rows | wijk, s | faiss, s | ratio | scikit-learn, s | ratio | rows told |")
print("|--:|--:|--:|--:|--:|--:|---|")
for n in (3500, 7000, 14000):
    raw = np.random.default_rng(9901 + n).normal(size=(n, COLUMNS)) * 7 + 40
    x = (raw - raw.mean(0)) / raw.std(0)
    with tempfile.NamedTemporaryFile(suffix=".f64") as f:
        raw.tofile(f.name)
        rounds = [(ours(f.name, n), by_faiss(x), by_sklearn(x)) for _ in range(ROUNDS)]
    sums = {s for r in rounds for _, s in r}
    a, b, c = (float(np.median([r[k][0] for r in rounds])) for k in range(3))
    print(f"| {n} | {a:.3f} | {b:.3f} | {b / a:.1f} x | {c:.3f} | {c / a:.1f} x | {'equal' if len(sums) == 1 else 'DIFFER'} |", flush=True)
