import type { FakeBot } from './bot.ts';
import type { DiscordLog } from './log.ts';
import type { Jitter } from './network.ts';
import type { Random } from './random.ts';

/** What every connection to the gateway goes by. A change holds from the next message on. */
export interface GatewaySettings {
  /** Least time between two accepted identifies of a key, ms. */
  windowMs: number;
  /** The delay between an IDENTIFY's arrival at the socket and its judgement. */
  jitter: Jitter;
  /** What HELLO tells clients, ms. */
  heartbeatIntervalMs: number;
  /** `known`: resumes of sessions that exist are accepted. `refused`: each is answered with op 9. */
  resumes: 'known' | 'refused';
}

export interface GatewayContext {
  readonly settings: GatewaySettings;
  readonly bots: readonly FakeBot[];
  readonly log: DiscordLog;
  readonly random: Random;
  /** Where clients are sent to resume. */
  readonly gatewayUrl: () => string;
  /** The bot's budget was overrun: all of its sessions end. */
  readonly resetToken: (bot: FakeBot) => void;
}
