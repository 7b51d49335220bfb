import { REST } from '@discordjs/rest';
import type { Clock } from '@gateway-queue/identify-limiter';
import { Routes } from 'discord-api-types/v10';
import type { Secret } from '../settings/secret.ts';

/** Discord answers within a fraction of a second, or not at all. */
export const ANSWER_TIMEOUT_MS = 10_000;

/** Asks Discord for the limits of one bot. */
export class DiscordClient {
  readonly #token: Secret;
  readonly #clock: Clock;
  readonly #rest: REST;
  #asking = new AbortController();

  constructor(apiUrl: string, token: Secret, clock: Clock) {
    this.#token = token;
    this.#clock = clock;
    this.#rest = new REST({
      api: apiUrl,
      version: '10',
      timeout: ANSWER_TIMEOUT_MS,
      // Whether and when to ask again is decided elsewhere, in sight of health and logs.
      retries: 0,
      rejectOnRateLimit: () => true,
      // There is one route, so nothing piles up that would have to be swept away.
      hashSweepInterval: 0,
      handlerSweepInterval: 0,
    });
  }

  /**
   * The answer to `GET /gateway/bot`, whatever it is.
   *
   * Rejects with an `AbortError` when there is none in time, or when the question was given up.
   */
  async ask(): Promise<unknown> {
    const asking = new AbortController();
    this.#asking = asking;
    // The timeout of @discordjs/rest ends with the headers; an answer can also get stuck after them.
    const cancelTimeout = this.#clock.setTimer(ANSWER_TIMEOUT_MS, () => asking.abort());
    try {
      // It forgets the token when Discord answers 401.
      this.#rest.setToken(this.#token.reveal());
      return await this.#rest.get(Routes.gatewayBot(), { signal: asking.signal });
    } finally {
      cancelTimeout();
    }
  }

  /** Gives up the question that is being asked, if there is one. */
  abort(): void {
    this.#asking.abort();
  }
}
