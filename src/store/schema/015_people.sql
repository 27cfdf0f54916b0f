-- SPDX-License-Identifier: EUPL-1.2
-- Who may see, say and sign. None of it is exported, and none of it changes data_version. Moments are seconds since 1970 (UTC)
-- where they are compared, text where they are shown. Secrets stand as hashes only, but for that of the second factor.
CREATE TABLE account (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT UNIQUE,              -- to sign in with; NULL: by single sign-on only, or removed
    shown TEXT NOT NULL,
    gemeente TEXT NOT NULL,        -- where it was made
    password TEXT,                 -- Argon2id, with its salt and costs; NULL: none yet
    totp BLOB,                     -- secret of the second factor; NULL: none
    totp_step INTEGER NOT NULL DEFAULT 0, -- the last code that was used
    issuer TEXT, subject TEXT,     -- who it is at single sign-on
    state TEXT NOT NULL CHECK (state IN ('uitgenodigd', 'actief', 'gestopt', 'verwijderd')),
    version INTEGER NOT NULL DEFAULT 1,
    made_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL DEFAULT 0,
    UNIQUE (issuer, subject)
) STRICT;
CREATE INDEX account_home ON account (gemeente);
CREATE TABLE account_grant (
    account INTEGER NOT NULL REFERENCES account (id),
    gemeente TEXT NOT NULL,
    role TEXT NOT NULL,
    partner TEXT NOT NULL DEFAULT '',
    since INTEGER NOT NULL,
    PRIMARY KEY (account, gemeente, role, partner)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_grant_of ON account_grant (gemeente, role, partner);

CREATE TABLE session (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    nr INTEGER NOT NULL UNIQUE,    -- how its owner names it
    account INTEGER NOT NULL REFERENCES account (id),
    second INTEGER NOT NULL,
    guard TEXT NOT NULL,           -- against forged requests
    device TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_of ON session (account);
CREATE INDEX session_end ON session (ends_at);

CREATE TABLE token (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    nr INTEGER NOT NULL UNIQUE,
    account INTEGER NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    scopes INTEGER NOT NULL,
    second INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL DEFAULT 0,
    ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX token_of ON token (account);

CREATE TABLE ticket ( -- an invitation, a new password, a half-done sign-in: works once
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    kind TEXT NOT NULL,
    account INTEGER REFERENCES account (id),
    body TEXT NOT NULL DEFAULT '',
    ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_of ON ticket (account, kind);
CREATE INDEX ticket_end ON ticket (ends_at);

CREATE TABLE proposal ( -- what needs a second person
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    gemeente TEXT NOT NULL,
    kind TEXT NOT NULL,
    object TEXT NOT NULL,
    body TEXT NOT NULL,            -- JSON of that kind
    why TEXT NOT NULL,
    made_by INTEGER NOT NULL REFERENCES account (id),
    made_at INTEGER NOT NULL,
    verdict TEXT NOT NULL DEFAULT 'open' CHECK (verdict IN ('open', 'akkoord', 'afgewezen', 'ingetrokken')),
    decided_by INTEGER REFERENCES account (id),
    decided_at INTEGER,
    answer TEXT
) STRICT;
CREATE INDEX proposal_of ON proposal (gemeente, verdict, kind);

CREATE TABLE once ( -- the same key again gives the same answer
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32), -- of account, route and key
    asked BLOB NOT NULL,           -- hash of what was asked
    status INTEGER NOT NULL,
    location TEXT NOT NULL,
    body TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX once_end ON once (made_at);

CREATE TABLE audit (
    nr INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    gemeente TEXT NOT NULL,
    account INTEGER NOT NULL,
    via TEXT NOT NULL,
    done TEXT NOT NULL,
    kind TEXT NOT NULL,
    object TEXT NOT NULL,
    why TEXT,
    before TEXT,
    after TEXT,
    prev BLOB NOT NULL CHECK (length(prev) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX audit_of ON audit (gemeente, nr);
CREATE INDEX audit_object ON audit (kind, object, nr);
CREATE TABLE audit_end ( -- so that rows cut off at the end are missed
    one INTEGER PRIMARY KEY CHECK (one = 1),
    nr INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;
INSERT INTO audit_end VALUES (1, 0, zeroblob(32));
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'a row of the log stays'); END;
CREATE TRIGGER audit_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'a row of the log stays'); END;
