import {
  fromJsonText,
  type KeptOverride,
  type Lift,
  type LimitsOverride,
  type LimitsOverrides,
  overrideText,
  toJsonText,
} from '@gateway-queue/operator-records';
import type { RecordsScripts } from './records-scripts.ts';
import { listReply, textReply } from '../scripts/reply.ts';

/** The overrides on the server. */
export class RedisLimitsOverrides implements LimitsOverrides {
  constructor(private readonly scripts: RecordsScripts) {}

  async of(bot: string): Promise<LimitsOverride | undefined> {
    return toOverride(await this.scripts.run('findOverride', toJsonText(bot)));
  }

  async set(
    bot: string,
    override: KeptOverride,
    ifVersion?: number,
  ): Promise<LimitsOverride | undefined> {
    const text = overrideText(override);
    const version = versionText(ifVersion);
    return toOverride(await this.scripts.run('setOverride', toJsonText(bot), text, version));
  }

  async lift(bot: string, ifVersion?: number): Promise<Lift> {
    return toLift(await this.scripts.run('liftOverride', toJsonText(bot), versionText(ifVersion)));
  }
}

/** The version as the scripts have it: empty for any. */
function versionText(ifVersion: number | undefined): string {
  return ifVersion === undefined ? '' : String(ifVersion);
}

function toLift(reply: unknown): Lift {
  if (reply === 'lifted' || reply === 'none' || reply === 'outdated') return reply;
  throw new TypeError('lift-override.lua returned an unknown answer');
}

/** @param reply an empty list when no override holds */
function toOverride(reply: unknown): LimitsOverride | undefined {
  const [version, since, text] = listReply(reply);
  if (text === undefined) return undefined;
  return {
    ...fromJsonText<KeptOverride>(textReply(text)),
    version: Number(version),
    since: Number(since),
  };
}
