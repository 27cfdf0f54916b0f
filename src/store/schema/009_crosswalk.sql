-- SPDX-License-Identifier: EUPL-1.2
-- How figures of one division are brought to a later one. Areas go by code: what a table names may be loaded later. gemeente is ''
-- for a crosswalk of all areas. file_name and sha256 are '' when it was derived from borders; the tolerances are NULL when it was not.
CREATE TABLE crosswalk (
    id INTEGER PRIMARY KEY,
    level TEXT NOT NULL,
    from_year INTEGER NOT NULL,
    to_year INTEGER NOT NULL,
    gemeente TEXT NOT NULL,
    method TEXT NOT NULL CHECK (method IN ('codes', 'area', 'residents')),
    made_at TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    sliver_share REAL,
    sliver_m2 REAL,
    same REAL,
    UNIQUE (level, from_year, to_year, gemeente),
    CHECK (from_year < to_year)
) STRICT;
-- Shares are of the old area.
CREATE TABLE crosswalk_link (
    id INTEGER PRIMARY KEY,
    crosswalk_id INTEGER NOT NULL REFERENCES crosswalk (id) ON DELETE CASCADE,
    from_code TEXT NOT NULL,
    to_code TEXT NOT NULL,
    share_area REAL CHECK (share_area > 0 AND share_area <= 1.000001),
    share_residents REAL CHECK (share_residents >= 0 AND share_residents <= 1.000001),
    kind TEXT NOT NULL CHECK (kind IN ('exact', 'renamed', 'merged', 'split', 'overlay')),
    UNIQUE (crosswalk_id, to_code, from_code)
) STRICT;
-- Areas that the other division covers in part; what is not here is covered whole.
CREATE TABLE crosswalk_cover (
    id INTEGER PRIMARY KEY,
    crosswalk_id INTEGER NOT NULL REFERENCES crosswalk (id) ON DELETE CASCADE,
    side TEXT NOT NULL CHECK (side IN ('from', 'to')),
    code TEXT NOT NULL,
    covered REAL NOT NULL CHECK (covered >= 0 AND covered < 1),
    UNIQUE (crosswalk_id, side, code)
) STRICT;

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES
    ('crosswalk', 'attributes', 'Omrekeningen', 'Van welke indeling naar welke, en hoe de delen zijn bepaald', '1970-01-01T00:00:00.000Z'),
    ('crosswalk_link', 'attributes', 'Omrekeningen: delen', 'Welk deel van elk oud gebied naar welk nieuw gebied ging', '1970-01-01T00:00:00.000Z'),
    ('crosswalk_cover', 'attributes', 'Omrekeningen: dekking', 'Gebieden die de andere indeling niet helemaal bedekt', '1970-01-01T00:00:00.000Z');
