#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""signed_in.py STORE NAME ROLE GEMEENTE PARTNER: an account with that role and a session of a browser that showed a second factor. Of one that is
there already: another session.

Prints the token of the session. The server finds it in the store as if somebody had signed in; signing in itself has
journeys of its own.
"""
import base64
import hashlib
import secrets
import sqlite3
import sys
import time


def main(store, name, role, gemeente, partner):
    token = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")
    now = int(time.time())
    db = sqlite3.connect(store, timeout=20)
    with db:
        known = db.execute("SELECT id FROM account WHERE name = ?", (name,)).fetchone()
        account = known[0] if known else db.execute(
            "INSERT INTO account (name, shown, state, made_at, gemeente) VALUES (?, ?, 'actief', ?, ?)",
            (name, name.capitalize(), now, gemeente)).lastrowid
        db.execute("INSERT OR IGNORE INTO account_grant VALUES (?, ?, ?, ?, ?)", (account, gemeente, role, partner, now))
        db.execute("INSERT INTO session (hash, nr, account, second, guard, device, made_at, seen_at, ends_at)"
                   " VALUES (?, ?, ?, 1, ?, 'test', ?, ?, ?)",
                   (hashlib.sha256(token.encode()).digest(), secrets.randbelow(2 ** 40), account,
                    secrets.token_urlsafe(32), now, now, now + 36000))
        db.execute("INSERT INTO token (hash, nr, account, name, scopes, second, made_at, ends_at)"
                   " VALUES (?, ?, ?, 'test', 31, 1, ?, ?)",
                   (hashlib.sha256(token.encode()).digest(), secrets.randbelow(2 ** 40), account, now, now + 36000))
    db.close()
    print(token)


if __name__ == "__main__":
    main(*sys.argv[1:])
