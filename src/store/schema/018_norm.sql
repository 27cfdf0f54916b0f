-- SPDX-License-Identifier: EUPL-1.2
-- What a gemeente agreed on about a figure in one of its areas, every version of it. A row is written when a second person agrees,
-- and stays as it is: what was once public can be read for ever. It does not change data_version.
CREATE TABLE norm (
    gemeente TEXT NOT NULL,
    area TEXT NOT NULL,            -- code of a buurt, a wijk or the gemeente itself
    indicator TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    kind TEXT NOT NULL CHECK (kind IN ('minstens', 'hoogstens')),
    value REAL NOT NULL,           -- in `unit`
    target_year INTEGER,           -- NULL: not told
    since TEXT NOT NULL,           -- first day it holds, yyyy-mm-dd
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    why TEXT NOT NULL,
    area_name TEXT NOT NULL, label TEXT NOT NULL, unit TEXT NOT NULL, -- as they were called then, so that it reads by itself
    proposal INTEGER NOT NULL UNIQUE REFERENCES proposal (id),
    made_by INTEGER NOT NULL REFERENCES account (id),
    made_at INTEGER NOT NULL,
    decided_by INTEGER NOT NULL REFERENCES account (id),
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (gemeente, area, indicator, version),
    CHECK (made_by <> decided_by)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER norm_stays BEFORE UPDATE ON norm BEGIN SELECT RAISE(ABORT, 'a norm that was decided stays'); END;
CREATE TRIGGER norm_kept BEFORE DELETE ON norm BEGIN SELECT RAISE(ABORT, 'a norm that was decided stays'); END;
CREATE TRIGGER norm_next BEFORE INSERT ON norm
WHEN new.version <> 1 + (SELECT coalesce(max(version), 0) FROM norm
                         WHERE gemeente = new.gemeente AND area = new.area AND indicator = new.indicator)
BEGIN SELECT RAISE(ABORT, 'versions of a norm follow each other'); END;
