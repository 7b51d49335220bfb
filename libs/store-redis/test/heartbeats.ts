import type { LimiterRules } from '@gateway-queue/identify-limiter';
import { type PlaceRules, rulesArgument } from '../src/limiter/rules-argument.ts';
import { botKeys } from '../src/scripts/keys.ts';
import type { Script } from '../src/scripts/script.ts';
import { limiterScript } from '../src/scripts/scripts.ts';
import { TIME_SOURCE, type TimedServer } from './timed-server.ts';

const EXCUSE_SILENCE = limiterScript(
  `--- @include "replicas"
  keepTime()
  excuseSilence()`,
  TIME_SOURCE,
);

const HEARTBEATS = limiterScript(
  `--- @include "replicas"
  keepTime()
  for _, name in ipairs(input.replicas) do
    redis.call('ZADD', REPLICAS, 'XX', whole(now), name)
  end
  reapDead()`,
  TIME_SOURCE,
);

type Rules = LimiterRules & PlaceRules;

/** As if these replicas, and no others, had sent heartbeats all the time until now. */
export async function haveSentHeartbeats(
  server: TimedServer,
  prefix: string,
  rules: Rules,
  replicas: Iterable<string>,
): Promise<void> {
  await runForAll(server, prefix, rules, HEARTBEATS, { replicas: [...replicas] });
}

/** Has the server notice now that it was away, if it was. */
export async function excuseSilence(
  server: TimedServer,
  prefix: string,
  rules: Rules,
): Promise<void> {
  await runForAll(server, prefix, rules, EXCUSE_SILENCE, {});
}

async function runForAll(
  server: TimedServer,
  prefix: string,
  rules: Rules,
  script: Script,
  input: object,
): Promise<void> {
  for (const bot of server.bots) {
    const args = ['', bot, 'test', rulesArgument(rules, bot), JSON.stringify(input), '0'];
    await server.run(script, botKeys(prefix, bot), args);
  }
}
