import {
  fromJsonText,
  type KeptOverride,
  type Lift,
  type LimitsOverride,
  type LimitsOverrides,
  overrideText,
  toJsonText,
} from '@gateway-queue/operator-records';
import { following } from './following.ts';
import type { SqliteDatabase } from '../connection/sqlite-database.ts';
import { prepare, type Statement } from '../connection/statement.ts';

interface OverrideRow {
  version: number;
  since: number;
  override: string | null;
}

/** The overrides in the file. */
export class SqliteLimitsOverrides implements LimitsOverrides {
  readonly #find: Statement<OverrideRow>;
  readonly #put: Statement;
  readonly #lift: Statement;

  /** @param now whole ms since the Unix epoch */
  constructor(
    private readonly database: SqliteDatabase,
    private readonly now: () => number,
  ) {
    this.#find = prepare(database, 'SELECT version, since, override FROM overrides WHERE bot = ?');
    this.#put = prepare(
      database,
      'INSERT OR REPLACE INTO overrides (bot, version, since, override) VALUES (?, ?, ?, ?)',
    );
    this.#lift = prepare(database, 'UPDATE overrides SET override = NULL WHERE bot = ?');
  }

  async of(bot: string): Promise<LimitsOverride | undefined> {
    const row = this.#find.get(toJsonText(bot));
    return row && toOverride(row);
  }

  async set(
    bot: string,
    override: KeptOverride,
    ifVersion?: number,
  ): Promise<LimitsOverride | undefined> {
    const key = toJsonText(bot);
    const text = overrideText(override);
    const since = this.now();
    return this.database.writeDurably(() => {
      const before = this.#find.get(key);
      if (ifVersion !== undefined && ifVersion !== holdingVersion(before)) return undefined;
      const version = following(before?.version ?? 0, since);
      this.#put.run(key, version, since, text);
      return toOverride({ version, since, override: text });
    });
  }

  async lift(bot: string, ifVersion?: number): Promise<Lift> {
    const key = toJsonText(bot);
    return this.database.writeDurably(() => {
      const holding = holdingVersion(this.#find.get(key));
      if (ifVersion !== undefined && ifVersion !== holding) return 'outdated';
      if (holding === 0) return 'none';
      this.#lift.run(key);
      return 'lifted';
    });
  }
}

/** 0 when none holds. */
function holdingVersion(row: OverrideRow | undefined): number {
  return row === undefined || row.override === null ? 0 : row.version;
}

function toOverride({ version, since, override }: OverrideRow): LimitsOverride | undefined {
  if (override === null) return undefined;
  return { ...fromJsonText<KeptOverride>(override), version, since };
}
