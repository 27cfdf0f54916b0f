#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""A disk that is full, a file that may not grow, and no more open files, under a server that goes on: test_full.py WIJK

The disk is a small one in memory in a mount namespace of our own; where this machine gives none, that part is skipped. Each way
in which people write is refused with a sentence, reading goes on, nothing is half there, and with room the same question under
the same key is answered, by the same process."""
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time

import people
from browser import ENV, GEMEENTE, SLOW, WIJK, Browser, Server, check, demo, need, sessions, sql

PARTNER = {"naam": "Bakkerij", "soort": "ondernemers", "delen": "partners", "gebieden": ["WK990101"]}
SIGNAL = {"buurt": "BU99010101", "thema": "afval", "zin": "Het is er vol.", "zeker": "gehoord"}
PEOPLE = {"beheer": (GEMEENTE, "beheerder", ""), "prof": (GEMEENTE, "professional", "linde-wonen"), "noor": (GEMEENTE, "beheerder", "")}
READS = ("/api/v1/gebieden/BU99010101", "/api/v1/partners?gemeente=" + GEMEENTE, "/api/v1/aanbod?gemeente=" + GEMEENTE,
         "/volg/gebied/BU99010101.atom", "/api/v1/gebieden/BU99010101/signalen")
FREE = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


class World:
    """The writes of people over one server: each round has names and keys of its own."""

    def __init__(self, server, store, keys, round_):
        self.server, self.store, self.keys, self.round = server, store, keys, round_

    def api(self, who, method, path, body=None):
        head = {"Authorization": "Bearer " + self.keys[who]}
        if method != "GET":
            head["Idempotency-Key"] = "%s-%s-%s" % (self.round, who, path.split("?")[0])
        return self.server.ask(method, "/api/v1" + path, body, head)

    def writes(self):
        new = "nieuw%s" % self.round
        account = sql(self.store, "SELECT id FROM account WHERE name = 'prof'")[0][0]
        return {"an organisation": lambda: self.api("beheer", "POST", "/partners", PARTNER | {"id": "b-%s" % self.round}),
                "a signal": lambda: self.api("prof", "POST", "/signalen", SIGNAL),
                "an account": lambda: self.api("beheer", "POST", "/accounts", {"naam": new, "rol": "analist", "gemeente": GEMEENTE}),
                "a proposal": lambda: self.api("beheer", "POST", "/rolvoorstellen",
                                               {"account": account, "rol": ROLES[self.round], "gemeente": GEMEENTE, "waarom": "proef"})}

    def rows(self):
        return [sql(self.store, "SELECT count(*) FROM " + table)[0][0]
                for table in ("audit", "partner", "signal", "account", "proposal", "session", "once")]

    def reads(self):
        for path in READS:
            status, said, _ = self.server.ask("GET", path)
            need("reading goes on: " + path, status == 200, (status, said))
        for who, path in (("beheer", "/sleutels"), ("prof", "/signalen?gemeente=" + GEMEENTE), ("beheer", "/voorstellen?gemeente=" + GEMEENTE),
                          ("beheer", "/accounts?gemeente=" + GEMEENTE)):
            status, said, _ = self.api(who, "GET", path)
            need("for who is known: " + path, status == 200, (status, said))


ROLES = ["analist", "gebiedsregisseur", "raadslid", "normsteller", "rekenkamer"] * 2


def refused(what, got, words, firm):
    """firm: there is no room at all, else what is small may still fit."""
    status, said, _ = got
    need(what + " is refused with a sentence", status == 503 and words in said["detail"] or not firm and status in (200, 201, 401), (status, said))
    return status == 503


def trouble(world, words, hurt, heal, firm=True, signed=None):
    """All of it while it hurts, all of it when it is healed."""
    browser = Browser(world.server, signed or sessions(world.store, ["noor"])["noor"])
    need("the browser is signed in", browser.ask("GET", "/sessie")[1]["aangemeld"])
    writes, before = world.writes(), world.rows()
    world.reads()
    hurt()
    for _ in range(2):
        some = [refused(what, write(), words, firm) for what, write in writes.items()]
        need("something finds no room", any(some), some)
        if firm:
            refused("signing out", browser.ask("POST", "/sessie/afmelden"), words, firm)
            guess = Browser(world.server).sign_in("prof")
            need("a wrong password", guess[0] == 429 or refused("a wrong password", guess, words, firm))
        status, said, _ = world.server.ask("GET", "/gezond")
        need("/gezond tells it", status == 200 and said["bewaren"] in ("vol", "vol" if firm else "goed"), (status, said))
        world.reads()
    need("nothing is half there", not firm or world.rows() == before, (world.rows(), before))
    heal()
    for what, write in writes.items():
        status, said, _ = write()
        need("with room: " + what, status == 201, (status, said))
    need("signing out", browser.ask("POST", "/sessie/afmelden")[0] == 200)
    need("a wrong password is wrong again", Browser(world.server).sign_in("prof")[0] in (401, 429))
    need("/gezond is content", world.server.ask("GET", "/gezond")[1]["bewaren"] == "goed")
    after = world.rows()
    need("one of each, and their rows", after[1:4] == [n + 1 for n in before[1:4]] and after[4] in (before[4] + 1, before[4] + 2) and
         after[0] >= before[0] + 6, (before, after))
    need("the process never ended", world.server.process.poll() is None)


# ---- a full disk ----

def fill(folder, leave):
    v = os.statvfs(folder)
    with open(os.path.join(folder, "vulling"), "wb") as f:
        f.write(b"x" * max(0, v.f_bavail * v.f_frsize - leave))


def full_disk(base, keys, folder):
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=%d" % (os.path.getsize(base) + (6 << 20)), "none", folder], check=True)
    store = os.path.join(folder, "d.gpkg")
    empty = lambda: os.remove(os.path.join(folder, "vulling"))
    shutil.copy(base, store)
    # The first write makes the log and its index: another place to meet the end of the room each time.
    for round_, leave in enumerate((0, 4096, 12288, 20480, 28672, 40960)):
        with Server(store) as server:
            trouble(World(server, store, keys, round_), "schijf is vol", lambda: fill(folder, leave), empty, firm=not leave)
        check(store)
    # One that wrote before, and a start on a full disk.
    signed = sessions(store, ["noor"])["noor"]
    fill(folder, 0)
    with Server(store) as server:
        trouble(World(server, store, keys, 6), "schijf is vol", lambda: None, empty, signed=signed)
        trouble(World(server, store, keys, 7), "schijf is vol", lambda: fill(folder, 0), empty)
    check(store)


def on_a_disk(base, keys, folder):
    """In a mount namespace of our own. False: this machine gives none."""
    way = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    mount = os.path.join(folder, "schijf")
    os.mkdir(mount)
    if not shutil.which("unshare") or subprocess.run([*way, "mount", "-t", "tmpfs", "none", mount], check=False, capture_output=True).returncode:
        return False
    subprocess.run([*way, sys.executable, __file__, WIJK, base, mount, *keys.values()], check=True)
    return True


# ---- a file that may not grow: the system says it in another way ----

def no_growth(store, keys):
    with Server(store) as server:
        limit = lambda most: resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
        for round_, most in ((0, 8192), (1, 0), (2, 20000)):
            trouble(World(server, store, keys, round_), "schijf is vol", lambda: limit(most), lambda: limit(FREE[0]))
    check(store)


# ---- no more open files ----

def no_files(store, keys):
    """No descriptor is left: who comes waits or is told; who is in is answered. Afterwards all is as it was."""
    with Server(store) as server:
        world = World(server, store, keys, 3)
        open_now = len(os.listdir("/proc/%d/fd" % server.process.pid))
        told = 0
        for spare in range(1, 7):
            resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (open_now + spare, resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE)[1]))
            for path in ("/api/v1/partners?gemeente=" + GEMEENTE, "/api/v1/gebieden/BU99010101"):
                with socket.create_connection(("127.0.0.1", server.port), timeout=3 * SLOW) as link:
                    link.sendall(b"GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" % path.encode())
                    try:
                        line = link.recv(200)
                    except OSError:
                        line = b""
                need("an answer or none, and a clear one", line[:13] in (b"", b"HTTP/1.1 200 ", b"HTTP/1.1 503 "), line)
                told += line.startswith(b"HTTP/1.1 503")
            need("the process goes on", server.process.poll() is None)
        hard = resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE)[1]
        resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (hard, hard))
        end = time.monotonic() + 20 * SLOW
        while server.ask("GET", "/gezond")[0] != 200 and time.monotonic() < end:
            time.sleep(0.1)
        world.reads()
        for what, write in world.writes().items():
            status, said, _ = write()
            need("afterwards: " + what, status == 201, (status, said))
    check(store)
    return told


def main():
    if len(sys.argv) > 3:
        full_disk(sys.argv[2], dict(zip(PEOPLE, sys.argv[4:])), sys.argv[3])
        return 0
    with tempfile.TemporaryDirectory(prefix="wijk-full-") as folder:
        store = demo(folder)
        keys = people.add(store, PEOPLE)
        real = on_a_disk(store, keys, folder)
        print("ok    a full disk" if real else "skip  a full disk: this machine gives none")
        no_growth(store, keys)
        print("ok    a file that may not grow")
        print("ok    no more open files (%d told)" % no_files(store, keys))
    return 0


sys.exit(main())
