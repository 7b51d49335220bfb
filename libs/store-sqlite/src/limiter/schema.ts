/** Stands for "no shard named" and for "the whole bot", since SQLite's keys treat every NULL as different. */
export const NONE = -1;

/** A stored shard as the limiter has it. */
export function shardOf(stored: number): number | null {
  return stored === NONE ? null : stored;
}

/** All moments are milliseconds on the timeline named in `timeline`. */
export const LIMITER_TABLES = `
  CREATE TABLE timeline (
    name        TEXT NOT NULL,
    -- wall clock minus timeline, as of seen_at
    wall_offset REAL NOT NULL,
    -- the last moment at which anything was written
    seen_at     REAL NOT NULL,
    -- permits granted before this moment may be missing here
    known_since REAL NOT NULL
  ) STRICT;

  CREATE TABLE bots (
    bot             TEXT PRIMARY KEY,
    version         INTEGER NOT NULL,
    max_concurrency INTEGER NOT NULL,
    -- Discord's own, if it is known
    discord_max_concurrency INTEGER,
    source          TEXT NOT NULL,
    reported_at     REAL NOT NULL,
    -- how the last of its buckets to open was closed when max_concurrency changed
    closed_from     REAL,
    closed_kind     TEXT,
    total           INTEGER NOT NULL,
    remaining       INTEGER NOT NULL,
    reset_at        REAL,
    -- permits with this used_by or a later one are taken off; of a window before they may be so until charged_until
    counts_from     REAL NOT NULL,
    charged_until   REAL,
    -- whether the budget was ever reported by Discord
    from_discord    INTEGER NOT NULL,
    -- how large the margin had grown when a refusal was last seen; both NULL when it is what is set
    margin          REAL,
    margin_at       REAL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE buckets (
    bot         TEXT NOT NULL,
    bucket      INTEGER NOT NULL,
    -- how it was closed (from then, which may be yet to come), and by which permit; all NULL once that was released and had none before it
    closed_from REAL,
    closed_kind TEXT,
    permit      TEXT,
    PRIMARY KEY (bot, bucket)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE permits (
    id                 TEXT PRIMARY KEY,
    bot                TEXT NOT NULL,
    bucket             INTEGER NOT NULL,
    shard              INTEGER NOT NULL,
    granted_at         REAL NOT NULL,
    -- when it has to be confirmed at the latest; null when it need not be
    confirm_by         REAL,
    confirmed_at       REAL,
    -- the end of the time in which it may be used
    used_by            REAL NOT NULL AS (coalesce(confirmed_at, confirm_by, granted_at)),
    released           INTEGER NOT NULL DEFAULT 0,
    -- when its shard was seen to ask again, as one does that was refused
    asked_again_at     REAL,
    -- how its bucket had been closed before
    before_closed_from REAL,
    before_closed_kind TEXT,
    priority           TEXT NOT NULL,
    joined_at          REAL NOT NULL,
    ticket             INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX permits_by_use ON permits (bot, used_by);
  CREATE INDEX permits_by_shard ON permits (bot, shard, granted_at);
  CREATE INDEX permits_refused ON permits (bot, asked_again_at) WHERE asked_again_at IS NOT NULL;

  -- ranks that were handed out and not used up: held by an entry, or since left_at kept as a place
  CREATE TABLE ranks (
    ticket    INTEGER PRIMARY KEY AUTOINCREMENT,
    bot       TEXT NOT NULL,
    shard     INTEGER NOT NULL,
    priority  TEXT NOT NULL,
    joined_at REAL NOT NULL,
    -- the entry that holds it, and the replica at which that waits
    holder    TEXT,
    replica   TEXT,
    left_at   REAL,
    CHECK ((holder IS NULL) <> (left_at IS NULL))
  ) STRICT;
  CREATE UNIQUE INDEX ranks_by_holder ON ranks (holder) WHERE holder IS NOT NULL;
  CREATE INDEX waiters_by_shard ON ranks (bot, shard) WHERE holder IS NOT NULL;
  CREATE INDEX places_in_order ON ranks (bot, shard, joined_at, ticket) WHERE left_at IS NOT NULL;
  CREATE INDEX places_of_bots ON ranks (bot, left_at, joined_at DESC, ticket DESC) WHERE left_at IS NOT NULL;

  CREATE TABLE pauses (
    bot    TEXT NOT NULL,
    bucket INTEGER NOT NULL,
    reason TEXT NOT NULL,
    by     TEXT NOT NULL,
    since  REAL NOT NULL,
    until  REAL,
    PRIMARY KEY (bot, bucket)
  ) STRICT, WITHOUT ROWID;
`;
