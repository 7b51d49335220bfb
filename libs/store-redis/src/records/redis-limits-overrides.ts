import { fromJsonText, toJsonText } from '@gateway-queue/operator-records';
import { type KeptOverride, overrideText } from '@gateway-queue/operator-records';
import type { Lift, LimitsOverride, LimitsOverrides } from '@gateway-queue/operator-records';
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

/** Empty for any. */
function versionText(ifVersion: number | undefined): string {
  return ifVersion === undefined ? '' : String(ifVersion);
}

function toLift(reply: unknown): Lift {
  if (reply === 'lifted' || reply === 'none' || reply === 'outdated') return reply;
  throw new TypeError('A script returned what no lift comes to');
}

/** @param reply an empty list where there is none */
function toOverride(reply: unknown): LimitsOverride | undefined {
  const [version, since, text] = listReply(reply);
  if (text === undefined) return undefined;
  return {
    ...fromJsonText<KeptOverride>(textReply(text)),
    version: Number(version),
    since: Number(since),
  };
}
