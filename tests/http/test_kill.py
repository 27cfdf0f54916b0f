#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The server is killed at moments nobody chose while people write; they send what was not acknowledged again: test_kill.py WIJK

Afterwards nothing that was acknowledged is lost, nothing is there twice, and the log is whole."""
import random
import resource
import tempfile
import threading
import time

import people
from browser import GEMEENTE, Browser, Server, check, demo, need, sql

WRITES, KILLS, CLIENTS = 200, 8, 4


class Reborn:
    """One that is begun again at the same port."""

    def __init__(self, store):
        self.store, self.now = store, Server(store)
        self.port = self.now.port

    def kill(self):
        self.now.kill()
        self.now = Server(self.store, port=self.port)


def client(server, key, names, done):
    for name in names:
        head = {"Authorization": "Bearer " + key[0], "Idempotency-Key": "sleutel-van-" + name}
        new = {"id": name, "naam": "Bakkerij " + name, "soort": "ondernemers", "delen": "partners", "gebieden": ["WK990101"]}
        signal = {"buurt": "BU99010101", "thema": "afval", "zin": "Er ligt afval naast de bak.", "zeker": "gehoord"}
        while name not in done:
            try:  # two acts: each is sent until it is acknowledged, under its own key
                status, said, _ = server.now.ask("POST", "/api/v1/signalen", signal, head | {"Authorization": "Bearer " + key[1]})
                if status == 201:
                    status, said, _ = server.now.ask("POST", "/api/v1/partners", new, head)
            except (OSError, EOFError, ValueError, people.http.client.HTTPException):
                time.sleep(0.02)
                continue
            if status == 201:
                done[name] = said["id"]
            else:
                need("only trouble is answered otherwise", status == 503, (status, said))
                time.sleep(0.02)


def full_disk(store, key):
    """No room for one page more: writing says so, reading goes on, and nothing is half there."""
    rows = sql(store, "SELECT count(*) FROM audit")[0][0]
    new = {"naam": "Te veel", "soort": "ondernemers", "delen": "partners", "gebieden": ["WK990101"]}
    with Server(store) as server:
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (8192, 8192))
        for k in range(3):
            status, said, _ = server.ask("POST", "/api/v1/partners", new, {"Authorization": "Bearer " + key, "Idempotency-Key": "vol-%05d" % k})
            need("writing says that it cannot", status in (500, 503) and len(said["detail"]) > 10, (status, said))
            status, said, _ = Browser(server).sign_in("beheer")
            need("so does signing in", status in (500, 503) and len(said["detail"]) > 10, (status, said))
            need("reading goes on", server.ask("GET", "/api/v1/gebieden/BU99010101")[0] == 200)
            need("for who is known too", server.ask("GET", "/api/v1/sleutels", None, {"Authorization": "Bearer " + key})[0] == 200)
    need("nothing is half there", sql(store, "SELECT count(*) FROM audit")[0][0] == rows)
    with Server(store) as server:
        need("with room it goes on", server.ask("POST", "/api/v1/partners", new, {"Authorization": "Bearer " + key,
                                                                                  "Idempotency-Key": "vol-00000"})[0] == 201)
    return said["detail"]


def main():
    dice = random.Random(4711)
    with tempfile.TemporaryDirectory(prefix="wijk-kill-") as folder:
        store = demo(folder)
        keys = people.add(store, {"beheer": (GEMEENTE, "beheerder", ""), "prof": (GEMEENTE, "professional", "linde-wonen")})
        signals = sql(store, "SELECT count(*) FROM signal")[0][0]
        rows = sql(store, "SELECT count(*) FROM audit")[0][0]
        server, done = Reborn(store), {}
        names = ["b%03d" % k for k in range(WRITES)]
        threads = [threading.Thread(target=client, args=(server, (keys["beheer"], keys["prof"]), names[k::CLIENTS], done)) for k in range(CLIENTS)]
        for t in threads:
            t.start()
        for k in range(KILLS):
            while len(done) < (k + 1) * WRITES // (KILLS + 2) and any(t.is_alive() for t in threads):
                time.sleep(0.002)
            time.sleep(dice.random() * 0.05)
            server.kill()
        for t in threads:
            t.join()  # one that hangs is ended from outside
        need("all was acknowledged in the end", len(done) == WRITES, len(done))
        server.kill()  # and once more, without a word
        with server.now:
            pass
        kept = [r[0] for r in sql(store, "SELECT id FROM partner WHERE edition = 0 AND name LIKE 'Bakkerij b%' ORDER BY id")]
        need("nothing is lost, nothing is there twice", kept == sorted(done.values()) == names, (len(kept), len(done)))
        need("every signal once", sql(store, "SELECT count(*) FROM signal")[0][0] == signals + WRITES)
        need("one row of the log each", sql(store, "SELECT count(*) FROM audit")[0][0] == rows + 2 * WRITES)
        check(store)
        print(full_disk(store, keys["beheer"]))
        check(store)
    print("ok: %d writes, %d kills" % (WRITES, KILLS + 1))


main()
