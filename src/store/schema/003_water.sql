-- SPDX-License-Identifier: EUPL-1.2
-- Rivers and lakes, drawn under the map; no figures.
CREATE TABLE water (
    fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    geom MULTIPOLYGON,
    name TEXT
);
