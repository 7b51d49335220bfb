import type { APIGatewayBotInfo } from 'discord-api-types/v10';

import { IdentifyWindow } from './identify-window.ts';
import { RestMood, type RestBehaviour } from './rest-behaviour.ts';
import { SessionBudget, type BudgetSettings } from './session-budget.ts';

/** What Discord grants a bot; what a test leaves out stays as it is. */
export interface BotLimits extends BudgetSettings {
  /** Number of rate limit keys. */
  readonly maxConcurrency?: number;
  /** The number of shards that Discord recommends. */
  readonly shards?: number;
}

export interface BotOptions extends BotLimits {
  /** How the log calls it; `default` unless given. */
  readonly name?: string;
  readonly token: string;
}

/** What became of an IDENTIFY whose token and shard were right. */
export interface Verdict {
  readonly outcome: 'accepted' | 'too-early' | 'budget';
  /** Its rate limit key. */
  readonly key: number;
}

/** One application at Discord, with limits of its own. */
export class FakeBot {
  readonly name: string;
  /** Its owner may reset it: then the old one is worth nothing. */
  token: string;
  /** The ids of the sessions that can be resumed. */
  readonly sessions = new Set<string>();
  /** The budget was overrun: the token is worth nothing any more. */
  tokenReset = false;
  readonly #budget = new SessionBudget();
  readonly #window = new IdentifyWindow();
  readonly #rest = new RestMood();
  #maxConcurrency = 1;
  #shards = 1;

  constructor(options: BotOptions, now: number) {
    this.name = options.name ?? 'default';
    this.token = options.token;
    this.setLimits(options, now);
  }

  setLimits(limits: BotLimits, now: number): void {
    this.#budget.set(limits, now);
    this.#maxConcurrency = limits.maxConcurrency ?? this.#maxConcurrency;
    this.#shards = limits.shards ?? this.#shards;
  }

  setRest(behaviour: RestBehaviour, times?: number): void {
    this.#rest.set(behaviour, times);
  }

  nextRest(): RestBehaviour {
    return this.#rest.next();
  }

  info(gatewayUrl: string, now: number): APIGatewayBotInfo {
    return {
      url: gatewayUrl,
      shards: this.#shards,
      session_start_limit: {
        total: this.#budget.total,
        remaining: this.#budget.remaining(now),
        reset_after: this.#budget.resetAfterMs(now),
        max_concurrency: this.#maxConcurrency,
      },
    };
  }

  /** Judges an IDENTIFY that arrives now, and counts it when it is accepted. */
  judge(shard: number, windowMs: number, now: number): Verdict {
    const key = shard % this.#maxConcurrency;
    // The budget comes first: an attempt past zero is never forgiven for being too early as well.
    if (this.#budget.remaining(now) <= 0) return { outcome: 'budget', key };
    const sinceLastMs = this.#window.sinceLastMs(key, this.#maxConcurrency, windowMs, now);
    if (sinceLastMs < windowMs) return { outcome: 'too-early', key };
    this.#budget.take(now);
    this.#window.accept(shard, now);
    return { outcome: 'accepted', key };
  }
}
