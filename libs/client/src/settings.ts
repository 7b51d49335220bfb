import type { FetchLike } from './fetch-like.ts';
import { systemTiming, type Timing } from './timing.ts';

/** What happened before the client waits and asks again. */
export interface Retry {
  /** What was asked for. */
  readonly action: 'identify' | 'confirm' | 'release';
  /** Of which shard. */
  readonly shard: number;
  /** In words, without secrets. */
  readonly reason: string;
  /** Until it is asked again, ms. */
  readonly waitMs: number;
}

export interface IdentifyClientOptions {
  /** Where the queue is: `http://queue:8080`; with a path when a proxy serves it under one. */
  readonly url: string;
  /** The queue's `QUEUE_TOKEN`, sent as a bearer token. Never a bot's token. */
  readonly token?: string | undefined;
  /** Which of the queue's bots the shards belong to; its `default` unless given. */
  readonly bot?: string | undefined;
  /** How long the queue may hold one request, ms; 50 000 unless given, under the 60 s of most proxies. */
  readonly maxWaitMs?: number | undefined;
  /** Another `fetch` than the global one. */
  readonly fetch?: FetchLike | undefined;
  /** Told each time that something is to be asked again. What it throws is ignored. */
  readonly onRetry?: ((retry: Retry) => void) | undefined;
  /** For tests: other timers than the machine's own. */
  readonly timing?: Timing | undefined;
}

/** The options, checked and complete. */
export interface Settings {
  /** With no slash at its end. */
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bot: string | undefined;
  readonly maxWaitMs: number;
  readonly fetch: FetchLike;
  readonly timing: Timing;
  readonly tellRetry: (retry: Retry) => void;
}

/** nginx and load balancers cut at 60 s; this leaves them 10. */
const DEFAULT_WAIT_MS = 50_000;

/** The queue holds nobody for longer than that without an answer. */
const MAX_WAIT_MS = 3_600_000;

/** Throws a TypeError that names the option, never its value, when one can never work. */
export function readSettings(options: IdentifyClientOptions): Settings {
  const { token, maxWaitMs = DEFAULT_WAIT_MS, onRetry } = options;
  // A header that cannot be sent would fail each request, for ever.
  if (token !== undefined && !/^[\u0021-\u007E]+$/.test(token)) {
    throw new TypeError('token has to be printable ASCII without spaces or line ends');
  }
  if (!Number.isSafeInteger(maxWaitMs) || maxWaitMs < 1 || maxWaitMs > MAX_WAIT_MS) {
    throw new TypeError(
      `maxWaitMs has to be a whole number of milliseconds, from 1 to ${MAX_WAIT_MS}`,
    );
  }
  return {
    base: readBase(options.url),
    headers: {
      accept: 'application/json, application/problem+json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    bot: options.bot,
    maxWaitMs,
    fetch: options.fetch ?? globalFetch,
    timing: options.timing ?? systemTiming,
    tellRetry(retry) {
      try {
        onRetry?.(retry);
      } catch {
        // A listener's mistake must not cost a shard its place.
      }
    },
  };
}

/** Looked up with each request, so that a global that is replaced later is used. */
const globalFetch: FetchLike = (url, init) => {
  const fetchNow: FetchLike = globalThis.fetch;
  return fetchNow(url, init);
};

function readBase(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) {
    throw new TypeError('url has to be the http:// or https:// address of the queue');
  }
  // fetch refuses such addresses with each request.
  if (parsed.username !== '' || parsed.password !== '') {
    throw new TypeError('url must not hold a user name or password; the token option is for those');
  }
  if (parsed.search !== '' || parsed.hash !== '') {
    throw new TypeError('url must not have a query or a fragment');
  }
  return parsed.href.replace(/\/+$/, '');
}
