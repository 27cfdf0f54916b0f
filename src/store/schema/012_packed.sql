-- SPDX-License-Identifier: EUPL-1.2
-- From here on the vectors of a series may be packed (src/store/sqlite_packed.c says how); their length tells. What was
-- stored before stays as it is until it is saved again.
UPDATE gpkg_contents SET description = 'Cijfers als vectoren in gebiedsvolgorde, waar dat kan ingepakt' WHERE table_name = 'series';
