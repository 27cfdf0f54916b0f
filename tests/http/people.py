# SPDX-License-Identifier: EUPL-1.2
"""People for tests of the server: accounts with a role and a key each, put into a store that nobody serves yet."""
import hashlib
import http.client
import json
import sqlite3
import sys
import time

SCOPES_ALL = 31


def add(store, people):
    """people: name -> (gemeente, role, partner). Gives name -> key."""
    now, keys = int(time.time()), {}
    db = sqlite3.connect(store)
    columns = {row[1] for row in db.execute("PRAGMA table_info(account)")}
    for name, (gemeente, role, partner) in people.items():
        of = {"name": name, "shown": name.capitalize(), "state": "actief", "made_at": now} | (
            {"gemeente": gemeente} if "gemeente" in columns else {})
        nr = db.execute("INSERT INTO account (%s) VALUES (%s)" % (", ".join(of), ", ".join("?" * len(of))), list(of.values())).lastrowid
        db.execute("INSERT INTO account_grant (account, gemeente, role, partner, since) VALUES (?, ?, ?, ?, ?)",
                   (nr, gemeente, role, partner, now))
        keys[name] = (name + "-" * 43)[:43]
        db.execute("INSERT INTO token (hash, nr, account, name, scopes, second, made_at, ends_at) VALUES (?, ?, ?, 'test', ?, 1, ?, ?)",
                   (hashlib.sha256(keys[name].encode()).digest(), nr, nr, SCOPES_ALL, now, now + 86400))
    db.commit()
    db.close()
    return keys


class Api:
    """Asks one server; every change has a key of its own."""

    def __init__(self, base, keys):
        self.host, self.port = base.removeprefix("http://").split(":")
        self.keys, self.n = keys, 0

    def ask(self, who, method, path, body=None, once=None):
        self.n += 1
        head = {"Authorization": "Bearer " + self.keys[who]} if who else {}
        if method != "GET":
            head["Idempotency-Key"] = once or "vraag-%06d" % self.n
        if body is not None:
            head["Content-Type"] = "application/json"
        line = http.client.HTTPConnection(self.host, int(self.port), timeout=60)
        line.request(method, "/api/v1" + path, json.dumps(body).encode() if body is not None else None, head)
        answer = line.getresponse()
        text = answer.read()
        line.close()
        return answer.status, json.loads(text) if text else None, answer


def session(store, name, gemeente, role, partner):
    """A session of a browser that showed a second factor: the value of its cookie."""
    token, now = (name + "_" * 43)[:43], int(time.time())
    add(store, {name: (gemeente, role, partner)})
    db = sqlite3.connect(store)
    account = db.execute("SELECT id FROM account WHERE name = ?", (name,)).fetchone()[0]
    db.execute("INSERT INTO session (hash, nr, account, second, guard, device, made_at, seen_at, ends_at) VALUES (?, ?, ?, 1, ?, 'test', ?, ?, ?)",
               (hashlib.sha256(token.encode()).digest(), 1000 + account, account, "g" * 43, now, now, now + 36000))
    db.commit()
    db.close()
    return token


if __name__ == "__main__":
    print(session(*sys.argv[1:]))
