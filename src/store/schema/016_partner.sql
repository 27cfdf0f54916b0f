-- SPDX-License-Identifier: EUPL-1.2
-- Organisations and what they offer where. Edition 0 is what is worked on; every other edition is the version of that number
-- as it was made public, and stays. None of it changes data_version. Functions and general addresses only: no persons.
CREATE TABLE partner (
    gemeente TEXT NOT NULL,
    id TEXT NOT NULL,
    edition INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    site TEXT NOT NULL,
    sharing TEXT NOT NULL,
    means TEXT NOT NULL,           -- how far hours and budgets are shared
    version INTEGER NOT NULL,
    public_version INTEGER NOT NULL DEFAULT 0, -- the edition that everybody sees; 0: none
    removed INTEGER NOT NULL DEFAULT 0,
    made_by INTEGER NOT NULL,      -- account; 0: who has the machine
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (gemeente, id, edition)
) STRICT, WITHOUT ROWID;
CREATE TABLE partner_area (
    gemeente TEXT NOT NULL, partner TEXT NOT NULL, edition INTEGER NOT NULL,
    nr INTEGER NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (gemeente, partner, edition, nr),
    FOREIGN KEY (gemeente, partner, edition) REFERENCES partner (gemeente, id, edition)
) STRICT, WITHOUT ROWID;
CREATE TABLE partner_contact (
    gemeente TEXT NOT NULL, partner TEXT NOT NULL, edition INTEGER NOT NULL,
    nr INTEGER NOT NULL,
    function TEXT NOT NULL,
    phone TEXT NOT NULL,
    mail TEXT NOT NULL,
    PRIMARY KEY (gemeente, partner, edition, nr),
    FOREIGN KEY (gemeente, partner, edition) REFERENCES partner (gemeente, id, edition)
) STRICT, WITHOUT ROWID;
CREATE TABLE partner_year (
    gemeente TEXT NOT NULL, partner TEXT NOT NULL, edition INTEGER NOT NULL,
    year INTEGER NOT NULL,
    hours INTEGER,                 -- NULL: not told
    budget_euro INTEGER,
    PRIMARY KEY (gemeente, partner, edition, year),
    FOREIGN KEY (gemeente, partner, edition) REFERENCES partner (gemeente, id, edition)
) STRICT, WITHOUT ROWID;

CREATE TABLE offer (
    id INTEGER NOT NULL,
    edition INTEGER NOT NULL,
    gemeente TEXT NOT NULL,
    partner TEXT NOT NULL,
    title TEXT NOT NULL,
    theme TEXT NOT NULL,
    age_from INTEGER NOT NULL,
    age_to INTEGER NOT NULL,
    what TEXT NOT NULL,
    sharing TEXT NOT NULL,
    version INTEGER NOT NULL,
    public_version INTEGER NOT NULL DEFAULT 0,
    removed INTEGER NOT NULL DEFAULT 0,
    made_by INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (id, edition)
) STRICT, WITHOUT ROWID;
CREATE INDEX offer_of ON offer (gemeente, partner, edition);
CREATE TABLE offer_area (
    offer INTEGER NOT NULL, edition INTEGER NOT NULL,
    nr INTEGER NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (offer, edition, nr),
    FOREIGN KEY (offer, edition) REFERENCES offer (id, edition)
) STRICT, WITHOUT ROWID;
