-- SPDX-License-Identifier: EUPL-1.2
-- The GeoPackage core (OGC 12-128r18, version 1.3), facts about the store, and the tables of figures.
-- Tables that GeoPackage lists as 'attributes' keep its column types and an INTEGER PRIMARY KEY; all of ours are STRICT.
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10300;

CREATE TABLE gpkg_spatial_ref_sys (
    srs_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL PRIMARY KEY,
    organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL,
    definition TEXT NOT NULL,
    description TEXT
);
INSERT INTO gpkg_spatial_ref_sys VALUES
    ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
    ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
    ('WGS 84 geodetic', 4326, 'EPSG', 4326,
     'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',
     'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid'),
    ('Amersfoort / RD New', 28992, 'EPSG', 28992,
     'PROJCS["Amersfoort / RD New",GEOGCS["Amersfoort",DATUM["Amersfoort",SPHEROID["Bessel 1841",6377397.155,299.1528128,AUTHORITY["EPSG","7004"]],AUTHORITY["EPSG","6289"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4289"]],PROJECTION["Oblique_Stereographic"],PARAMETER["latitude_of_origin",52.1561605555556],PARAMETER["central_meridian",5.38763888888889],PARAMETER["scale_factor",0.9999079],PARAMETER["false_easting",155000],PARAMETER["false_northing",463000],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","28992"]]',
     'Rijksdriehoeksstelsel');

CREATE TABLE gpkg_contents (
    table_name TEXT NOT NULL PRIMARY KEY,
    data_type TEXT NOT NULL,
    identifier TEXT UNIQUE,
    description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE,
    min_y DOUBLE,
    max_x DOUBLE,
    max_y DOUBLE,
    srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE gpkg_geometry_columns (
    table_name TEXT NOT NULL,
    column_name TEXT NOT NULL,
    geometry_type_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL,
    z TINYINT NOT NULL,
    m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
    CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE gpkg_extensions (
    table_name TEXT,
    column_name TEXT,
    extension_name TEXT NOT NULL,
    definition TEXT NOT NULL,
    scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);

-- One row of facts. data_version changes with every committed write and is made of what was written, not of a clock.
CREATE TABLE wijk_store (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    schema INTEGER NOT NULL,
    title TEXT NOT NULL,
    fictional INTEGER NOT NULL CHECK (fictional IN (0, 1)),
    writes INTEGER NOT NULL,
    data_version TEXT NOT NULL
) STRICT;
INSERT INTO wijk_store VALUES (1, 0, '', 0, 0, '000000000000');

CREATE TABLE source (
    nr INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title_nl TEXT NOT NULL DEFAULT '',
    title_en TEXT NOT NULL DEFAULT '',
    publisher TEXT NOT NULL DEFAULT '',
    licence TEXT NOT NULL DEFAULT '',
    homepage TEXT NOT NULL DEFAULT '',
    table_id TEXT NOT NULL DEFAULT '',
    format TEXT NOT NULL DEFAULT '',
    release TEXT NOT NULL DEFAULT '',
    method_version TEXT NOT NULL DEFAULT '',
    attribution TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE load (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL REFERENCES source (id),
    release TEXT NOT NULL,
    method_version TEXT NOT NULL,
    publisher TEXT NOT NULL,
    licence TEXT NOT NULL,
    table_id TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    bytes INTEGER NOT NULL,
    retrieved TEXT NOT NULL,
    loaded_at TEXT NOT NULL,
    rows_read INTEGER NOT NULL,
    rows_taken INTEGER NOT NULL,
    rows_refused INTEGER NOT NULL,
    rows_flagged INTEGER NOT NULL
) STRICT;
CREATE INDEX load_file ON load (source, sha256);

CREATE TABLE finding (
    load_id INTEGER NOT NULL REFERENCES load (id) ON DELETE CASCADE,
    nr INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('refused', 'flagged')),
    line INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    cure TEXT NOT NULL,
    PRIMARY KEY (load_id, nr)
) STRICT, WITHOUT ROWID;

CREATE TABLE indicator (
    nr INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    label_nl TEXT NOT NULL,
    label_en TEXT NOT NULL,
    definition_nl TEXT NOT NULL,
    definition_en TEXT NOT NULL,
    unit_nl TEXT NOT NULL,
    unit_en TEXT NOT NULL,
    theme TEXT NOT NULL,
    method TEXT NOT NULL,
    dimension TEXT NOT NULL,
    kind TEXT NOT NULL,
    direction TEXT NOT NULL,
    decimals INTEGER NOT NULL,
    disclosure TEXT NOT NULL
) STRICT;

-- A whole vector in area order per row: values f64, status one byte, source row and load u32, all little endian.
-- source_row is NULL when no cell has one; cell_load is NULL when all cells share load_id (or none has a load).
CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    indicator TEXT NOT NULL,
    level TEXT NOT NULL,
    division_year INTEGER NOT NULL,
    period INTEGER NOT NULL,
    release TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 0),
    load_id INTEGER REFERENCES load (id),
    value BLOB NOT NULL,
    status BLOB NOT NULL,
    source_row BLOB,
    cell_load BLOB,
    UNIQUE (indicator, level, division_year, period, release)
) STRICT;
CREATE INDEX series_of_load ON series (load_id);

-- Every load a series drew from, so that the file itself guards the reference.
CREATE TABLE series_load (
    series_id INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    load_id INTEGER NOT NULL REFERENCES load (id),
    PRIMARY KEY (series_id, load_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX series_load_of ON series_load (load_id);

-- Scores in area order; dimension holds n_dimension vectors one after another, in the order of dimension_ids.
CREATE TABLE score (
    id INTEGER PRIMARY KEY,
    method TEXT NOT NULL,
    method_version TEXT NOT NULL,
    release TEXT NOT NULL,
    level TEXT NOT NULL,
    division_year INTEGER NOT NULL,
    period INTEGER NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 0),
    aggregated INTEGER NOT NULL CHECK (aggregated IN (0, 1)),
    dimension_ids TEXT NOT NULL,
    n_dimension INTEGER NOT NULL,
    total BLOB NOT NULL,
    score BLOB NOT NULL,
    dimension BLOB NOT NULL,
    class BLOB NOT NULL,
    class_origin BLOB NOT NULL,
    flag BLOB NOT NULL,
    covered BLOB NOT NULL,
    UNIQUE (method, release, level, division_year, period)
) STRICT;

-- Styles in the form QGIS looks for.
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    f_table_catalog TEXT(256),
    f_table_schema TEXT(256),
    f_table_name TEXT(256),
    f_geometry_column TEXT(256),
    styleName TEXT(30),
    styleQML TEXT,
    styleSLD TEXT,
    useAsDefault BOOLEAN,
    description TEXT,
    owner TEXT(30),
    ui TEXT(30),
    update_time DATETIME
);

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES
    ('source', 'attributes', 'Bronnen', 'Uitgever, licentie en versie van elke bron', '1970-01-01T00:00:00.000Z'),
    ('load', 'attributes', 'Ladingen', 'Welk bestand wanneer is geladen', '1970-01-01T00:00:00.000Z'),
    ('indicator', 'attributes', 'Indicatoren', 'Naam, definitie en eenheid van elk cijfer', '1970-01-01T00:00:00.000Z'),
    ('series', 'attributes', 'Reeksen', 'Cijfers als vectoren in gebiedsvolgorde', '1970-01-01T00:00:00.000Z'),
    ('score', 'attributes', 'Scores', 'Scores als vectoren in gebiedsvolgorde', '1970-01-01T00:00:00.000Z'),
    ('layer_styles', 'attributes', 'layer_styles', 'Opmaak van de kaartlagen', '1970-01-01T00:00:00.000Z');
