-- SPDX-License-Identifier: EUPL-1.2
-- Answers about areas that somebody drew. An answer is never changed and never forgotten: the same area keeps its answer, and a
-- new question is weighed against all that was told before. Who asked, and the line that was drawn, are not kept.
CREATE TABLE drawn_answer (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE CHECK (length(key) = 64),
    level TEXT NOT NULL,
    division_year INTEGER NOT NULL,
    n INTEGER NOT NULL CHECK (n > 0),
    members TEXT NOT NULL,
    persons REAL NOT NULL,
    data_version TEXT NOT NULL,
    asked_at TEXT NOT NULL
) STRICT;
CREATE INDEX drawn_answer_of ON drawn_answer (level, division_year);
CREATE TABLE drawn_figure (
    id INTEGER PRIMARY KEY,
    answer_id INTEGER NOT NULL REFERENCES drawn_answer (id),
    nr INTEGER NOT NULL,
    indicator TEXT NOT NULL,
    period INTEGER NOT NULL,
    value REAL,
    status INTEGER NOT NULL,
    known INTEGER NOT NULL,
    covered REAL NOT NULL,
    UNIQUE (answer_id, nr)
) STRICT;
CREATE TRIGGER drawn_answer_stays BEFORE UPDATE ON drawn_answer BEGIN SELECT RAISE(ABORT, 'an answer stays'); END;
CREATE TRIGGER drawn_answer_kept BEFORE DELETE ON drawn_answer BEGIN SELECT RAISE(ABORT, 'an answer stays'); END;
CREATE TRIGGER drawn_figure_stays BEFORE UPDATE ON drawn_figure BEGIN SELECT RAISE(ABORT, 'an answer stays'); END;
CREATE TRIGGER drawn_figure_kept BEFORE DELETE ON drawn_figure BEGIN SELECT RAISE(ABORT, 'an answer stays'); END;

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES
    ('drawn_answer', 'attributes', 'Getekende gebieden', 'Gebieden op maat die antwoord kregen', '1970-01-01T00:00:00.000Z'),
    ('drawn_figure', 'attributes', 'Cijfers van getekende gebieden', 'De antwoorden van toen', '1970-01-01T00:00:00.000Z');
