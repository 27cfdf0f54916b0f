-- SPDX-License-Identifier: EUPL-1.2
-- What an account asked for itself is looked up each time it signs in by its organisation.
CREATE INDEX proposal_by ON proposal (made_by, kind, object);
