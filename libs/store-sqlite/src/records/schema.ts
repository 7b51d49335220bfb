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
    -- counts the entries of the class: so an entry past the bound is found without reading the others
    nth    INTEGER NOT NULL,
    -- the columns of the filter stand before the record, which may be long: it is read of entries that pass alone
    action TEXT NOT NULL,
    by     TEXT,
    bot    TEXT,
    bucket INTEGER,
    record TEXT NOT NULL
  ) STRICT;

  CREATE UNIQUE INDEX audit_of_class ON audit (class, nth);

  -- the rowids are in the order in which the sessions began
  CREATE TABLE sessions (
    secret_hash TEXT PRIMARY KEY,
    expires_at  INTEGER NOT NULL,
    token_hash  TEXT NOT NULL,
    session     TEXT NOT NULL
  ) STRICT;

  CREATE INDEX sessions_of_token ON sessions (token_hash);

  CREATE TABLE overrides (
    bot      TEXT PRIMARY KEY,
    -- stays when the override is lifted, so that the next override has another version
    version  INTEGER NOT NULL,
    since    INTEGER NOT NULL,
    -- NULL once the override was lifted
    override TEXT
  ) STRICT, WITHOUT ROWID;
`;
