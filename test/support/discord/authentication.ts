import { GatewayCloseCodes } from 'discord-api-types/v10';

import type { FakeBot } from './bot.ts';
import type { IdentifyEntry } from './log-entries.ts';
import { readShard } from './payloads.ts';

type ShardOf = readonly [id: number, count: number];

/** What the gateway does about an IDENTIFY or a RESUME. */
export type Reaction =
  | { readonly kind: 'ready'; readonly bot: FakeBot; readonly shard: ShardOf }
  | { readonly kind: 'resumed'; readonly bot: FakeBot; readonly sessionId: string }
  | { readonly kind: 'invalid-session' }
  | { readonly kind: 'token-reset'; readonly bot: FakeBot }
  | { readonly kind: 'close'; readonly code: GatewayCloseCodes };

/** The part of the log's entry that the judgement decides. */
type Finding = Pick<IdentifyEntry, 'outcome' | 'bot' | 'shard' | 'count' | 'key'>;

/**
 * Judges an IDENTIFY that arrives now, and counts it when it is accepted.
 *
 * @param already whose session the connection has already
 */
export function judgeIdentify(
  d: Record<string, unknown>,
  already: FakeBot | undefined,
  bots: readonly FakeBot[],
  windowMs: number,
  now: number,
): { readonly finding: Finding; readonly reaction: Reaction } {
  const shard = readShard(d['shard']);
  const bot = already ?? botWith(d['token'], bots);
  const said = { bot: bot?.name, shard: shard?.[0] ?? -1, count: shard?.[1] ?? -1 };
  const refuse = (outcome: IdentifyEntry['outcome'], code: GatewayCloseCodes) => ({
    finding: { ...said, outcome, key: -1 },
    reaction: { kind: 'close', code } as const,
  });
  if (already) return refuse('already-identified', GatewayCloseCodes.AlreadyAuthenticated);
  if (!bot) return refuse('wrong-token', GatewayCloseCodes.AuthenticationFailed);
  if (!shard) return refuse('invalid-shard', GatewayCloseCodes.InvalidShard);

  const finding = { ...said, ...bot.judge(shard[0], windowMs, now) };
  const { outcome } = finding;
  if (outcome === 'accepted') return { finding, reaction: { kind: 'ready', bot, shard } };
  if (outcome === 'budget') return { finding, reaction: { kind: 'token-reset', bot } };
  return { finding, reaction: { kind: 'invalid-session' } };
}

/** Judges a RESUME. It costs no session start and keeps no window. */
export function judgeResume(
  d: Record<string, unknown>,
  already: FakeBot | undefined,
  bots: readonly FakeBot[],
  resumes: 'known' | 'refused',
): { readonly bot: string | undefined; readonly reaction: Reaction } {
  const bot = already ?? botWith(d['token'], bots);
  const close = (code: GatewayCloseCodes) => ({
    bot: bot?.name,
    reaction: { kind: 'close', code } as const,
  });
  if (already) return close(GatewayCloseCodes.AlreadyAuthenticated);
  if (!bot) return close(GatewayCloseCodes.AuthenticationFailed);

  const sessionId = d['session_id'];
  if (resumes === 'refused' || typeof sessionId !== 'string' || !bot.sessions.has(sessionId)) {
    return { bot: bot.name, reaction: { kind: 'invalid-session' } };
  }
  return { bot: bot.name, reaction: { kind: 'resumed', bot, sessionId } };
}

function botWith(token: unknown, bots: readonly FakeBot[]): FakeBot | undefined {
  return bots.find((bot) => bot.token === token && !bot.tokenReset);
}
