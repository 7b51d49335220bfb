import { systemClock } from '@gateway-queue/identify-limiter';
import { onTestFinished, vi } from 'vitest';
import { RedisError } from '../src/index.ts';
import { RedisServer } from '../src/connection/redis-server.ts';
import { toScript } from '../src/scripts/script.ts';

export const PREFIX = 'gateway-queue';

/** What {@link Opened.count} counts with. */
export const KEY = `${PREFIX}:{test}:count`;

const COUNT = toScript("return redis.call('INCR', KEYS[1])");

/** A {@link RedisServer} as the service opens it, which is closed after the test, and what it reports. */
export class Opened {
  private constructor(
    readonly server: RedisServer,
    readonly problems: readonly RedisError[],
  ) {}

  static async open(url: string): Promise<Opened> {
    const problems: RedisError[] = [];
    const server = await RedisServer.open({
      url,
      prefix: PREFIX,
      clock: systemClock('test'),
      onProblem: (problem) => problems.push(problem),
    });
    onTestFinished(() => server.close());
    return new Opened(server, problems);
  }

  /** Has a script count its runs. */
  count(): Promise<unknown> {
    return this.server.run(COUNT, [KEY], []);
  }

  /** Resolves when scripts can be run. */
  async runs(): Promise<void> {
    await vi.waitFor(() => this.count(), { timeout: 10_000, interval: 20 });
  }

  /** Resolves when this was reported. */
  reports(code: string): Promise<RedisError> {
    return vi.waitFor(
      () => {
        const found = this.problems.find((problem) => problem.code === code);
        if (found === undefined) {
          const codes = this.problems.map((problem) => problem.code);
          throw new Error(`${code} was not reported, but ${codes.join(', ')}`);
        }
        return found;
      },
      { timeout: 10_000, interval: 20 },
    );
  }
}

/** So long, in ms, a call of a second may take on a machine that is busy with other tests. */
const MAX_CALL_MS = 5000;

/** How a call ends: with the code of its error, or `ok`. Fails when it takes much longer than a second. */
export async function outcome(call: Promise<unknown>): Promise<string> {
  const since = performance.now();
  const how = await call.then(
    () => 'ok',
    (error: unknown) => asRedisError(error).code,
  );
  const took = performance.now() - since;
  if (took > MAX_CALL_MS) throw new Error(`The call took ${took.toFixed()} ms`);
  return how;
}

/** The error that a call ends with. */
export async function failure(call: Promise<unknown>): Promise<RedisError> {
  return call.then(() => {
    throw new Error('It did not fail');
  }, asRedisError);
}

function asRedisError(error: unknown): RedisError {
  if (error instanceof RedisError) return error;
  throw error;
}
