import { keysOf } from '../src/scripts/keys.ts';
import { type PlaceRules, rulesArgument } from '../src/limiter/rules-argument.ts';
import { scriptOf } from '../src/scripts/script.ts';
import type { LimiterRules } from '@gateway-queue/identify-limiter';
import { TIME_SOURCE, type TimedServer } from './timed-server.ts';

/** Nothing but what any script does before its operation. */
const NOTICE = scriptOf('', TIME_SOURCE);

const HEARTBEAT = scriptOf(
  `for _, name in ipairs(input.replicas) do
    redis.call('ZADD', REPLICAS, 'XX', whole(now), name)
  end
  rules.deadAfter = input.deadAfter
  sweep()
  redis.call('ZREM', REPLICAS, replica)`,
  TIME_SOURCE,
);

type Rules = LimiterRules & PlaceRules;

/** As if these replicas' hearts, and no others, had beaten all the time until now. */
export async function haveSentHeartbeats(
  server: TimedServer,
  prefix: string,
  rules: Rules,
  replicas: Iterable<string>,
): Promise<void> {
  for (const bot of server.bots) {
    const { deadAfter, ...rest }: Record<string, unknown> = JSON.parse(rulesArgument(rules, bot));
    // The server does not look as if it had been away, however long it was.
    const ruled = JSON.stringify({ ...rest, deadAfter: Number.MAX_VALUE });
    const input = JSON.stringify({ replicas: [...replicas], deadAfter });
    await server.run(HEARTBEAT, keysOf(prefix, bot), ['', bot, 'test', ruled, input, '0']);
  }
}

/** What is noticed once anybody is heard of. */
export async function notice(server: TimedServer, prefix: string, rules: Rules): Promise<void> {
  for (const bot of server.bots) {
    await server.run(NOTICE, keysOf(prefix, bot), [
      '',
      bot,
      'test',
      rulesArgument(rules, bot),
      '{}',
      '0',
    ]);
  }
}
