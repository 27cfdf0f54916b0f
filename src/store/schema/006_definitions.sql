-- SPDX-License-Identifier: EUPL-1.2
-- The store explains itself: what an indicator may be and how it goes up a level, and the methods as they were when the scores
-- were computed, so that every score can be computed again from the store alone.
ALTER TABLE indicator ADD COLUMN min REAL;
ALTER TABLE indicator ADD COLUMN max REAL;
ALTER TABLE indicator ADD COLUMN min_base REAL NOT NULL DEFAULT 0;
ALTER TABLE indicator ADD COLUMN aggregation TEXT NOT NULL DEFAULT 'none' CHECK (aggregation IN ('none', 'sum', 'residents'));
ALTER TABLE indicator ADD COLUMN composition INTEGER NOT NULL DEFAULT 0 CHECK (composition IN (0, 1));

-- One row for each form a method had; hash is of all that is in it and in its dimensions, classes and limits.
CREATE TABLE method (
    id INTEGER PRIMARY KEY,
    method TEXT NOT NULL,
    version TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 16),
    label_nl TEXT NOT NULL,
    label_en TEXT NOT NULL,
    total TEXT NOT NULL,
    score TEXT NOT NULL,
    delivered_class TEXT NOT NULL,
    sum_tolerance REAL NOT NULL,
    UNIQUE (method, hash)
) STRICT;
CREATE TABLE method_dimension (
    id INTEGER PRIMARY KEY,
    method_id INTEGER NOT NULL REFERENCES method (id) ON DELETE CASCADE,
    nr INTEGER NOT NULL,
    dimension TEXT NOT NULL,
    label_nl TEXT NOT NULL,
    label_en TEXT NOT NULL,
    indicator TEXT NOT NULL,
    UNIQUE (method_id, nr)
) STRICT;
CREATE TABLE method_class (
    id INTEGER PRIMARY KEY,
    method_id INTEGER NOT NULL REFERENCES method (id) ON DELETE CASCADE,
    class INTEGER NOT NULL CHECK (class BETWEEN 1 AND 9),
    label_nl TEXT NOT NULL,
    label_en TEXT NOT NULL,
    UNIQUE (method_id, class)
) STRICT;
-- upper is the largest deviation of the class; class 9 has none.
CREATE TABLE method_limit (
    id INTEGER PRIMARY KEY,
    method_id INTEGER NOT NULL REFERENCES method (id) ON DELETE CASCADE,
    release TEXT NOT NULL,
    class INTEGER NOT NULL CHECK (class BETWEEN 1 AND 8),
    upper REAL NOT NULL,
    UNIQUE (method_id, release, class)
) STRICT;
-- NULL in stores of before; the next import computes those scores anew.
ALTER TABLE score ADD COLUMN method_id INTEGER REFERENCES method (id);
CREATE INDEX score_of_method ON score (method_id);

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES
    ('method', 'attributes', 'Methoden', 'De methode van elke score, zoals die was bij het rekenen', '1970-01-01T00:00:00.000Z'),
    ('method_dimension', 'attributes', 'Dimensies', 'De delen van elke methode', '1970-01-01T00:00:00.000Z'),
    ('method_class', 'attributes', 'Klassen', 'De namen van de klassen van elke methode', '1970-01-01T00:00:00.000Z'),
    ('method_limit', 'attributes', 'Klassengrenzen', 'De grenzen van de klassen per uitgave', '1970-01-01T00:00:00.000Z');
