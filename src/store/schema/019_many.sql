-- SPDX-License-Identifier: EUPL-1.2
-- A page costs as much with many rows as with few: an index for each way in which they are asked for. Each ends in the number
-- of the row by itself, so that its rows come in order.
CREATE INDEX audit_kind ON audit (gemeente, kind);
CREATE INDEX audit_account ON audit (account);
CREATE INDEX audit_account_kind ON audit (account, gemeente, kind);
CREATE INDEX account_grant_here ON account_grant (gemeente, account);
CREATE INDEX account_grant_partner ON account_grant (gemeente, partner, account);
DROP INDEX session_of;
CREATE INDEX session_of ON session (account, nr);
DROP INDEX token_of;
CREATE INDEX token_of ON token (account, nr);
CREATE INDEX token_end ON token (ends_at);
CREATE INDEX proposal_here ON proposal (gemeente, id);
CREATE INDEX proposal_open ON proposal (gemeente, id) WHERE verdict = 'open';
CREATE INDEX signal_theme ON signal (gemeente, theme, id);
