import { REST } from '@discordjs/rest';
import type { Clock } from '@gateway-queue/identify-limiter';
import { Routes } from 'discord-api-types/v10';
import type { Secret } from '../settings/secret.ts';

/** How long Discord may take to answer. It answers within a fraction of a second, or not at all. */
export const ANSWER_TIMEOUT_MS = 10_000;

/** Asks Discord for the limits of one bot. */
export class DiscordClient {
  readonly #token: Pick<Secret, 'reveal'>;
  readonly #clock: Clock;
  readonly #rest: REST;
  #asking = new AbortController();

  /** @param token read at each question */
  constructor(apiUrl: string, token: Pick<Secret, 'reveal'>, clock: Clock) {
    this.#token = token;
    this.#clock = clock;
    this.#rest = new REST({
      api: apiUrl,
      version: '10',
      timeout: ANSWER_TIMEOUT_MS,
      // `Retries` decides when to ask again; health and logs show it.
      retries: 0,
      rejectOnRateLimit: () => true,
      // With a single route there is nothing to sweep.
      hashSweepInterval: 0,
      handlerSweepInterval: 0,
    });
  }

  /**
   * Asks `GET /gateway/bot`. The answer is not checked.
   *
   * Rejects with an `AbortError` when no answer came in time, or after {@link abort}.
   */
  async ask(): Promise<unknown> {
    const asking = new AbortController();
    this.#asking = asking;
    // The timeout of @discordjs/rest ends with the headers, but the body can also get stuck.
    const cancelTimeout = this.#clock.setTimer(ANSWER_TIMEOUT_MS, () => asking.abort());
    try {
      // @discordjs/rest forgets the token when Discord answers 401.
      this.#rest.setToken(this.#token.reveal());
      return await this.#rest.get(Routes.gatewayBot(), { signal: asking.signal });
    } finally {
      cancelTimeout();
    }
  }

  /** Aborts the question under way, if there is one. */
  abort(): void {
    this.#asking.abort();
  }
}
