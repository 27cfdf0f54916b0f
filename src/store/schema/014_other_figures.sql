-- SPDX-License-Identifier: EUPL-1.2
-- Figures that a source delivered and that are not shown, because another source of the same figure goes before it or
-- came later. One row per series and source; vectors as in series, empty where nothing stands aside.
CREATE TABLE other_figure (
    id INTEGER PRIMARY KEY,
    indicator TEXT NOT NULL,
    level TEXT NOT NULL,
    division_year INTEGER NOT NULL,
    period INTEGER NOT NULL,
    release TEXT NOT NULL,
    source TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n > 0),
    value BLOB NOT NULL,
    status BLOB NOT NULL,
    source_row BLOB NOT NULL,
    cell_load BLOB NOT NULL,
    UNIQUE (indicator, level, division_year, period, release, source)
) STRICT;

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES
    ('other_figure', 'attributes', 'Cijfers van een andere bron', 'Wat een bron ook leverde, maar een andere bron anders zegt: niet getoond, wel te herleiden', '1970-01-01T00:00:00.000Z');
