-- SPDX-License-Identifier: EUPL-1.2
-- What professionals see in a neighbourhood, and what was done with it. Not exported, and it does not change data_version.
-- A circle has its centre on a grid of 100 m and a radius of at least 100 m, in metres of RD New: never one address.
CREATE TABLE signal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,     -- how the outside names it: the number would tell how many there are
    gemeente TEXT NOT NULL,
    buurt TEXT NOT NULL,           -- of the place, or of the centre of the circle
    x INTEGER CHECK (x % 100 = 0), y INTEGER CHECK (y % 100 = 0), radius INTEGER CHECK (radius >= 100),
    theme TEXT NOT NULL,
    sentence TEXT NOT NULL,        -- '' when it was withdrawn
    sure TEXT NOT NULL CHECK (sure IN ('gehoord', 'zelf-gezien', 'vaker-gezien')),
    made_by INTEGER NOT NULL REFERENCES account (id),
    partner TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    quarter INTEGER NOT NULL,      -- year x 10 + 1 to 4, of made_at
    sharing TEXT NOT NULL CHECK (sharing IN ('concept', 'organisatie', 'partners')),
    state TEXT NOT NULL CHECK (state IN ('open', 'teruggekoppeld', 'ingetrokken')),
    version INTEGER NOT NULL DEFAULT 1,
    CHECK ((x IS NULL) = (y IS NULL) AND (x IS NULL) = (radius IS NULL))
) STRICT;
CREATE INDEX signal_of ON signal (gemeente, id);
CREATE INDEX signal_maker ON signal (made_by, id);
CREATE INDEX signal_buurt ON signal (gemeente, buurt, id);
CREATE INDEX signal_others ON signal (gemeente, quarter, buurt, theme, made_by) WHERE sharing = 'partners' AND state <> 'ingetrokken';
-- Counts are told of what is shared with partners. They are kept by who writes a
-- signal, so that a page for everybody does not count a million rows.
CREATE TABLE signal_count (
    gemeente TEXT NOT NULL, quarter INTEGER NOT NULL, buurt TEXT NOT NULL, theme TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (gemeente, quarter, buurt, theme)
) STRICT, WITHOUT ROWID;
CREATE TABLE signal_reply (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    signal INTEGER NOT NULL REFERENCES signal (id),
    kind TEXT NOT NULL CHECK (kind IN ('gebruikt-in', 'leidde-tot', 'niet-opgepakt')),
    words TEXT NOT NULL,
    made_by INTEGER NOT NULL REFERENCES account (id),
    made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX signal_reply_of ON signal_reply (signal, id);
