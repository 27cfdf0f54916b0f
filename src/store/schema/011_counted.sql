-- SPDX-License-Identifier: EUPL-1.2
-- A load that counted its rows: area_column tells each row's area (by its first area_first signs; 0 all), rows as in left_out did
-- not take part. area_column '': the figures stand in the rows themselves.
ALTER TABLE load_column ADD COLUMN area_column TEXT NOT NULL DEFAULT '';
ALTER TABLE load_column ADD COLUMN area_first INTEGER NOT NULL DEFAULT 0;
ALTER TABLE load_column ADD COLUMN left_out TEXT NOT NULL DEFAULT '';
