-- SPDX-License-Identifier: EUPL-1.2
-- What was taken away of what people wrote: that there was something, when, why and by which role. Nothing of it changes
-- data_version. The text itself stands apart, for as long as it may come back, or nowhere.
CREATE TABLE moderation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,     -- how the outside names it: the number would tell how many there are
    gemeente TEXT NOT NULL,
    kind TEXT NOT NULL,            -- what it was a text of, and which
    object TEXT NOT NULL,
    reason TEXT NOT NULL,
    words TEXT NOT NULL,           -- for the maker; '' where the reason is of the list
    role TEXT NOT NULL,            -- of who did it; '' who has the machine
    made_by INTEGER NOT NULL,      -- account; 0 who has the machine
    made_at INTEGER NOT NULL,
    quarter INTEGER NOT NULL,      -- year x 10 + 1 to 4, of made_at
    maker INTEGER NOT NULL,        -- account that wrote the text; 0 none
    partner TEXT NOT NULL,         -- organisation whose text it is; '' none
    state TEXT NOT NULL CHECK (state IN ('weg', 'bezwaar', 'gehandhaafd', 'terug', 'onterecht')),
    ends_at INTEGER NOT NULL,      -- until when may be objected
    proposal INTEGER NOT NULL DEFAULT 0, -- the objection; 0 none
    seen_at INTEGER NOT NULL DEFAULT 0   -- by the maker
) STRICT;
CREATE INDEX moderation_of ON moderation (gemeente, id);
CREATE INDEX moderation_maker ON moderation (maker, id);
CREATE INDEX moderation_object ON moderation (gemeente, kind, object, id);
CREATE INDEX moderation_quarter ON moderation (gemeente, quarter, kind, reason);
CREATE INDEX moderation_ends ON moderation (ends_at) WHERE state = 'weg';
CREATE TABLE moderation_kept ( -- texts that may come back
    moderation INTEGER NOT NULL REFERENCES moderation (id),
    place TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (moderation, place)
) STRICT, WITHOUT ROWID;

-- A reason that somebody typed stands beside the log; the row of the log holds a seal over it and a secret, so that the words can
-- be erased while the chain still holds.
CREATE TABLE audit_why (
    nr INTEGER PRIMARY KEY REFERENCES audit (nr),
    salt BLOB NOT NULL CHECK (length(salt) = 16),
    words TEXT NOT NULL
) STRICT;
CREATE INDEX audit_why_words ON audit_why (words);

-- What an answer kept under a key is about, so that it goes when that goes.
ALTER TABLE once ADD COLUMN about TEXT NOT NULL DEFAULT '';
CREATE INDEX once_about ON once (about) WHERE about <> '';
-- Read by who gave the signal; what there was before counts as read.
ALTER TABLE signal_reply ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
UPDATE signal_reply SET seen_at = made_at;

-- Of a norm that was decided only the reason may be taken away, never what was decided.
DROP TRIGGER norm_stays;
CREATE TRIGGER norm_stays BEFORE UPDATE OF gemeente, area, indicator, version, kind, value, target_year, since, withdrawn, area_name,
    label, unit, proposal, made_by, made_at, decided_by, decided_at ON norm
BEGIN SELECT RAISE(ABORT, 'a norm that was decided stays'); END;
