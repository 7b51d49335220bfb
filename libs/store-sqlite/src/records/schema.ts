/**
 * All moments are whole ms since the epoch by the wall clock: people read them, and they outlive the process. Names are JSON
 * text (json-text.ts in operator-records).
 */
export const RECORDS_TABLES = `
  CREATE TABLE audit (
    id     INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    -- audit-class.ts in operator-records
    class  TEXT NOT NULL,
    -- counts the entries of the class: which of them is past the bound can be told without a look at the others
    nth    INTEGER NOT NULL,
    -- the columns of the filter stand before the record, which may be long: it is read of entries that pass alone
    action TEXT NOT NULL,
    by     TEXT,
    bot    TEXT,
    bucket INTEGER,
    record TEXT NOT NULL
  ) STRICT;

  CREATE UNIQUE INDEX audit_of_class ON audit (class, nth);

  -- rowid has the order in which they began
  CREATE TABLE sessions (
    secret_hash TEXT PRIMARY KEY,
    expires_at  INTEGER NOT NULL,
    token_hash  TEXT NOT NULL,
    session     TEXT NOT NULL
  ) STRICT;

  CREATE INDEX sessions_of_token ON sessions (token_hash);

  CREATE TABLE overrides (
    bot      TEXT PRIMARY KEY,
    -- stays when the override is lifted, so that the next has another one
    version  INTEGER NOT NULL,
    since    INTEGER NOT NULL,
    -- NULL once it was lifted
    override TEXT
  ) STRICT, WITHOUT ROWID;
`;
