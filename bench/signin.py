#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""What others notice while eight people sign in all the time: signin.py WIJK [SECONDS]. The page of a buurt is asked by one client, first in
quiet, then beside eight that sign in with a right password, each from an address of its own; and what memory the server holds."""
import os
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "http"))

import people
from browser import GEMEENTE, PHRASE, Browser, Server, demo, need, sql

CLIENTS, SECONDS = 8, float(sys.argv[2]) if len(sys.argv) > 2 else 15
PATHS = ["/api/v1/gebieden/BU9901%02d%02d" % (w, b) for w in range(1, 4) for b in range(1, 4)]


def at(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))] * 1000


def told(what, values):
    print("%-52s n %6d  p50 %7.1f ms  p99 %7.1f ms  longest %7.1f ms" % (what, len(values), at(values, 0.5), at(values, 0.99), max(values) * 1000), flush=True)


def pages(server, paths):
    took, end, k = [], time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        since = time.monotonic()
        # ever another key, so that no answer that is kept is given again
        need("a page", server.ask("GET", paths[k % len(paths)] + "?v=%d" % k)[0] == 200)
        took.append(time.monotonic() - since)
        k += 1
    return took


def memory(server, what):
    with open("/proc/%d/status" % server.process.pid, encoding="ascii") as f:
        return next(int(line.split()[1]) // 1024 for line in f if line.startswith(what))


def sign_in(server, k, took):
    since = time.monotonic()
    status, said, _ = Browser(server).sign_in("maat%d" % k, X_Forwarded_For="10.0.0.%d" % (k + 1))
    need("signed in", status == 200, said)
    took.append(time.monotonic() - since)


def main():
    with tempfile.TemporaryDirectory(prefix="wijk-bench-") as folder:
        store = demo(folder)
        with Server(store) as server:
            need("the first one", Browser(server).ask("POST", "/sessie/eerste", {"naam": "noor", "gemeente": GEMEENTE, "wachtwoord": PHRASE})[0] == 200)
        kept, = sql(store, "SELECT password FROM account WHERE name = 'noor'")[0]
        people.add(store, {"maat%d" % k: (GEMEENTE, "raadslid", "") for k in range(CLIENTS)})
        sql(store, "UPDATE account SET password = ? WHERE name LIKE 'maat%'", kept)
        with Server(store, "--proxy") as server:
            here = [p for p in PATHS if server.ask("GET", p)[0] == 200]
            quiet, alone = pages(server, here), []
            for k in range(20):
                sign_in(server, k % CLIENTS, alone)
            before, took, end = memory(server, "VmRSS"), [], threading.Event()

            def forever(k):
                while not end.is_set():
                    sign_in(server, k, took)

            threads = [threading.Thread(target=forever, args=(k,)) for k in range(CLIENTS)]
            for t in threads:
                t.start()
            since = time.monotonic()
            busy = pages(server, here)
            per_s = len(took) / (time.monotonic() - since)
            end.set()
            for t in threads:
                t.join()
            told("page of a buurt, quiet", quiet)
            told("page of a buurt, %d clients signing in" % CLIENTS, busy)
            told("signing in, alone", alone)
            told("signing in, %d at once (%.1f a second)" % (CLIENTS, per_s), took)
            print("memory of the server: %d MB before, %d MB at most" % (before, memory(server, "VmHWM")))


main()
