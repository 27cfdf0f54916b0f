-- SPDX-License-Identifier: EUPL-1.2
-- The address a load was fetched from, of its first page when there were more; '' when the file was given by hand.
ALTER TABLE load ADD COLUMN url TEXT NOT NULL DEFAULT '';
