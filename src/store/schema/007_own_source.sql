-- SPDX-License-Identifier: EUPL-1.2
-- Definitions of sources that were made here, in the language of defs/sources: they travel with the figures that were read by them.
CREATE TABLE own_source (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    yaml TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES
    ('own_source', 'attributes', 'Eigen bronnen', 'Beschrijvingen van bronnen die hier zijn gemaakt', '1970-01-01T00:00:00.000Z');
