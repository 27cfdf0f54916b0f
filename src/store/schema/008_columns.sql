-- SPDX-License-Identifier: EUPL-1.2
-- Which column of its file a load read an indicator from. With the source row beside each cell this leads to the very field,
-- and field x scale is the figure. period 0: the same column for every period of the load. rows says which rows of a long
-- table were asked for; '' all.
CREATE TABLE load_column (
    load_id INTEGER NOT NULL REFERENCES load (id) ON DELETE CASCADE,
    indicator TEXT NOT NULL,
    period INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    rows TEXT NOT NULL,
    scale REAL NOT NULL,
    PRIMARY KEY (load_id, indicator, period, rows)
) STRICT, WITHOUT ROWID;
