/** Raised by one whenever {@link SCHEMA} changes, or what is meant by it; kept in the file as SQLite's `user_version`. */
export const SCHEMA_VERSION = 1;

/**
 * All moments are whole ms since the epoch by the wall clock, since they are for people to read and outlive the process.
 * Names are JSON text (json-text.ts).
 */
export const SCHEMA = `
  CREATE TABLE audit (
    id     INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    -- audit-class.ts
    class  TEXT NOT NULL,
    -- counts the entries of the class: which of them is past the bound can be told without a look at the others
    nth    INTEGER NOT NULL,
    -- what can be asked for; before the record, which may be long and is not read of entries that do not pass
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
