# SPDX-License-Identifier: EUPL-1.2
"""Cases that run the real program: collected by name, run in a fresh folder one after another, and counted."""
import os
import sys
import tempfile
import time

CASES = []


class Skip(Exception):
    """This case cannot run here."""


def words(least, usage):
    """What stands behind the name of the script; wrong use when that is too little."""
    if len(sys.argv) <= least:
        print(f"usage: {os.path.basename(sys.argv[0])} {usage}", file=sys.stderr)
        raise SystemExit(2)
    return sys.argv[1:]


def case(name):
    def keep(body):
        CASES.append((name, body))
        return body
    return keep


def equal(got, want, what):
    if got != want:
        raise AssertionError(f"{what}: {got!r} instead of {want!r}")


def holds(text, part):
    if part not in text:
        raise AssertionError(f"{part!r} is not in {text[:600]!r}")


def run(prefix, only="", prepare=lambda: None):
    """All cases with `only` in their name; the exit code."""
    passed = failed = skipped = 0
    with tempfile.TemporaryDirectory(prefix=prefix) as folder:
        os.chdir(folder)
        prepare()
        for name, body in CASES:
            if only not in name:
                continue
            began = time.monotonic()
            try:
                body()
            except Skip as why:
                skipped += 1
                print(f"skip  {name}: {why}", flush=True)
            except Exception as why:  # a case that breaks in any way is a case that failed
                failed += 1
                print(f"FAIL  {name}: {type(why).__name__} {why}", flush=True)
            else:
                passed += 1
                print(f"ok    {time.monotonic() - began:4.1f} s  {name}", flush=True)
        os.chdir("/")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed + skipped else 0
