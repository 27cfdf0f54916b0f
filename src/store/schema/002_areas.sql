-- SPDX-License-Identifier: EUPL-1.2
-- One feature table for {level}. Not STRICT: GeoPackage asks for the column type MULTIPOLYGON, which STRICT does not know.
-- pos is the place in the area order, dense from 0 within a division; the score columns hold the newest score.
CREATE TABLE {level} (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    geom MULTIPOLYGON,
    code TEXT NOT NULL,
    division_year INTEGER NOT NULL,
    name TEXT,
    parent TEXT,
    residents REAL,
    pos INTEGER NOT NULL,
    score_method TEXT,
    score_period TEXT,
    score_release TEXT,
    livability REAL,
    deviation REAL,
    class INTEGER,
    class_name TEXT,
    housing REAL,
    physical REAL,
    amenities REAL,
    cohesion REAL,
    safety REAL,
    residents_dim REAL,
    UNIQUE (code, division_year)
);
CREATE UNIQUE INDEX {level}_order ON {level} (division_year, pos);
