import type { FetchLike } from './fetch-like.ts';
import { RetryReporter, type Retry } from './retry-reporter.ts';
import { systemTiming, type Timing } from './timing.ts';

/** The options of an `IdentifyClient`. */
export interface IdentifyClientOptions {
  /** The URL of the queue, such as `http://queue:8080`; with a path when a proxy serves it under one. */
  readonly url: string;
  /** The queue's `QUEUE_TOKEN`, which is sent as a bearer token. Never a bot's token. */
  readonly token?: string | undefined;
  /** The queue's id of the bot that the shards belong to; `default` unless given. */
  readonly bot?: string | undefined;
  /** How long the queue may hold one request, in ms; 45 000 unless given, below the limits of most proxies. */
  readonly maxWaitMs?: number | undefined;
  /** A `fetch` in place of the global one. */
  readonly fetch?: FetchLike | undefined;
  /**
   * Called before each repetition of a request. What it throws is ignored. Without it, a process warning (`IdentifyWarning`) is
   * emitted when a request is refused or the queue is out of reach for some seconds: once, and again after a permit.
   */
  readonly onRetry?: ((retry: Retry) => void) | undefined;
  /** For tests: timers in place of the machine's own. */
  readonly timing?: Timing | undefined;
}

/** The options, checked and complete. */
export interface Settings {
  /** Without a slash at the end. */
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bot: string | undefined;
  readonly maxWaitMs: number;
  readonly fetch: FetchLike;
  readonly timing: Timing;
  readonly reporter: RetryReporter;
}

/** Most proxies cut at 60 s, HAProxy as Debian ships it at 50 s. This is 5 s less. The queue has the same default. */
const DEFAULT_WAIT_MS = 45_000;

/** The longest `maxWaitMs` that the queue accepts. */
const MAX_WAIT_MS = 3_600_000;

/** Checks and completes the options. Throws a TypeError that names the option, never its value, when one can never work. */
export function readSettings(options: IdentifyClientOptions): Settings {
  const { token, maxWaitMs = DEFAULT_WAIT_MS, onRetry } = options;
  // With a header that cannot be sent every request would fail.
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
    reporter: new RetryReporter(onRetry),
  };
}

/** Looks the global `fetch` up for each request, because it may be replaced. */
const globalFetch: FetchLike = (url, init) => {
  const fetchNow: FetchLike = globalThis.fetch;
  return fetchNow(url, init);
};

function readBase(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) {
    throw new TypeError('url has to be the http:// or https:// address of the queue');
  }
  // fetch refuses such a URL in every request.
  if (parsed.username !== '' || parsed.password !== '') {
    throw new TypeError('url must not hold a user name or password; the token option is for those');
  }
  if (parsed.search !== '' || parsed.hash !== '') {
    throw new TypeError('url must not have a query or a fragment');
  }
  return parsed.href.replace(/\/+$/, '');
}
