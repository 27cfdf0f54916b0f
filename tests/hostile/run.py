#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Imports the whole hostile corpus with the real program: run.py WIJK [--memory MB] [--seconds S] [--only PART] [--mutants N].

Each file goes into a small store. Asked of every one: no signal, no hang (seconds of
computing; waiting for a busy machine has a wider limit), memory under the limit, the right exit code, a
Dutch sentence that says what is wrong and where, nothing odd on the terminal, and after a refusal a store that is the same
bit for bit. The limits are those of the program as it is shipped; sanitizers need more, which the caller then says."""
import argparse
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.dont_write_bytecode = True  # the source folder stays as it is

from corpus import cases, write
from formats import gpkg
from mutants import mutants

PATIENCE = 6  # times the limit, by the clock on the wall
HERE = Path(__file__).resolve().parent
FAULTY = ("vastgelopen", "te vroeg gestopt", "antwoord dat niet klopt", "start niet", "onbekende fout", "Sanitizer", "runtime error", "Assertion")
ENV = {"PATH": os.environ.get("PATH", ""), "LANG": "nl_NL.UTF-8", "WIJK_DEFS": str(HERE),
       "ASAN_OPTIONS": "detect_leaks=0:quarantine_size_mb=4:malloc_context_size=4", "UBSAN_OPTIONS": "halt_on_error=1"}


def digest(path):
    """Of a store, without the two counters in its header that tell how often it was opened for writing."""
    data = bytearray(path.read_bytes())
    data[24:28] = data[92:96] = bytes(4)
    return hashlib.sha256(data).hexdigest()


class Tally:
    """Counts, and what went wrong; one for all workers."""

    def __init__(self, source):
        self.lock = threading.Lock()
        self.source = source
        self.refused = self.accepted = 0
        self.failed = []
        self.memory, self.seconds = (0, ""), (0.0, "")

    def next(self, only):
        with self.lock:
            return next((c for c in self.source if only in c.file), None)


class Worker(threading.Thread):
    def __init__(self, args, tally, folder):
        super().__init__()
        self.args, self.tally, self.folder = args, tally, folder
        self.store, self.fresh = folder / "s.gpkg", folder / "fresh.gpkg"

    def run_wijk(self, *words):
        """Exit code (negative: a signal, None: too slow), stderr, seconds and megabytes, its children's included."""
        begin = time.monotonic()
        with tempfile.TemporaryFile(dir=self.folder) as said:
            p = subprocess.Popen([self.args.wijk, *map(str, words)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said,
                                 env=ENV, cwd=self.folder, start_new_session=True)
            late = threading.Timer(self.args.seconds * PATIENCE, os.killpg, (p.pid, signal.SIGKILL))
            late.start()
            _, status, usage = os.wait4(p.pid, 0)
            late.cancel()
            p.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            seconds = usage.ru_utime + usage.ru_stime
            hangs = seconds > self.args.seconds or time.monotonic() - begin >= self.args.seconds * PATIENCE
            code = None if hangs else p.returncode
            return code, said.read(1 << 20).decode(errors="backslashreplace"), seconds, usage.ru_maxrss / 1024

    def prepare(self):
        path = self.folder / "begin.gpkg"
        path.write_bytes(gpkg("UPDATE buurten SET inwoners=7"))
        for words in (("new", self.fresh), ("import", self.fresh, "h-gpkg", path)):
            code, said, _, _ = self.run_wijk(*words)
            if code != 0:
                raise SystemExit("no store to begin with: %s" % said)
        path.unlink()
        self.hash = digest(self.fresh)
        shutil.copy(self.fresh, self.store)

    def complaints(self, case, code, said, megabytes, same):
        if code is None:
            yield "takes longer than %d s" % self.args.seconds
        elif code < 0:
            yield "dies of %s" % signal.Signals(-code).name
        elif code not in (0, 1) or (case.bad is None) != (code == 1) and case.bad != -1:
            yield "exit code %d" % code
        if megabytes > self.args.memory:
            yield "needs %d MB" % megabytes
        for word in FAULTY:
            if word in said:
                yield "says «%s»" % word
        if re.search(r"[^\n\x20-\x7e\u00a0-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]", said):
            yield "control signs on the terminal"
        if code == 1:
            if not re.search(r"^wijk: \S.{15,}", said, re.M):
                yield "no sentence"
            if case.file not in said and (case.source or "De bron") not in said:
                yield "does not name the file"
            if not same:
                yield "a refusal changed the store"
        for word in case.words:
            if word not in said:
                yield "does not say «%s»" % word
        if case.good is not None:
            counted = re.search(r"(\d+) geladen, (\d+) geweigerd", said)
            if not counted or tuple(map(int, counted.groups())) != (case.good, case.bad):
                yield "not %d good and %d refused" % (case.good, case.bad)

    def keep(self, case):
        """A bent file that went wrong is kept to look at."""
        if self.args.mutants:
            folder = HERE.parents[1] / "build" / "crashes"
            folder.mkdir(parents=True, exist_ok=True)
            write(case, folder)

    def one(self, case):
        path = write(case, self.folder)
        code, said, seconds, megabytes = self.run_wijk("import", self.store, case.source, path)
        same = digest(self.store) == self.hash and not Path(str(self.store) + "-journal").exists()
        wrong = list(self.complaints(case, code, said, megabytes, same))
        os.unlink(path)
        if not same or code != 1:
            for left in self.folder.glob("s.gpkg*"):
                left.unlink()
            shutil.copy(self.fresh, self.store)
        tally = self.tally
        with tally.lock:
            tally.accepted += code == 0
            tally.refused += code == 1
            tally.memory = max(tally.memory, (megabytes, case.file))
            tally.seconds = max(tally.seconds, (seconds, case.file))
            if wrong:
                tally.failed.append(case.file)
                print("FAIL  %s: %s\n      %s" % (case.file, "; ".join(wrong), said.strip()[:400]), flush=True)
                self.keep(case)
            elif self.args.verbose:
                print("ok    %s: %s" % (case.file, said.strip()[:200].replace("\n", " / ")), flush=True)

    def run(self):
        self.prepare()
        for case in iter(lambda: self.tally.next(self.args.only), None):
            self.one(case)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("wijk", type=os.path.abspath)
    parser.add_argument("--memory", type=int, default=256, help="megabytes")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--only", default="", help="files with this in their name")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--mutants", type=int, default=0, help="so many bent files in place of the corpus")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    tally = Tally(mutants(args.mutants, args.seed) if args.mutants else cases())
    begin = time.monotonic()
    room = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # a disk that really writes costs a minute and shows nothing more
    with tempfile.TemporaryDirectory(prefix="wijk-hostile-", dir=room) as folder:
        workers = []
        for k in range(min(4, os.cpu_count() or 1)):
            (Path(folder) / str(k)).mkdir()
            workers.append(Worker(args, tally, Path(folder) / str(k)))
        for w in workers:
            w.start()
        for w in workers:
            w.join()
    n = tally.refused + tally.accepted
    print("%d hostile files in %d s: %d refused, %d accepted; at most %d MB (%s) and %.1f s (%s)" % (
        (n, time.monotonic() - begin, tally.refused, tally.accepted) + tally.memory + tally.seconds))
    print("%d passed, %d failed" % (n - len(tally.failed), len(tally.failed)))
    return 1 if tally.failed or not n else 0


if __name__ == "__main__":
    sys.exit(main())
