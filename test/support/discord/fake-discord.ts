import { once } from 'node:events';
import { createServer } from 'node:http';

import { FakeBot, type BotLimits, type BotOptions } from './bot.ts';
import { monotonicNow } from './clock.ts';
import { FakeGateway } from './gateway.ts';
import type { GatewaySettings } from './gateway-context.ts';
import { DiscordLog } from './log.ts';
import { seededRandom } from './random.ts';
import { FakeRest } from './rest.ts';
import type { RestBehaviour } from './rest-behaviour.ts';

export interface FakeDiscordOptions extends Partial<GatewaySettings> {
  /** One bot, `default`, with token `fake-token`, unless given. */
  readonly bots?: readonly BotOptions[];
  /** Of the jitter's delays. */
  readonly seed?: number;
}

/** Discord, as far as starting sessions goes; stricter than the real one is known to be. */
export interface FakeDiscord {
  /** REST base, for `DISCORD_API_URL` and for the `api` of @discordjs/rest. */
  readonly url: string;
  readonly gatewayUrl: string;
  readonly log: DiscordLog;
  /** Read and set at any time. */
  readonly settings: GatewaySettings;
  /** What Discord says of a bot at this moment. Throws on a name that it was not started with. */
  info(bot?: string): ReturnType<FakeBot['info']>;
  /** Changes what is given and leaves the rest. */
  setLimits(limits: BotLimits, bot?: string): void;
  /** Gives the bot another token; the old one is worth nothing from then on. */
  resetToken(token: string, bot?: string): void;
  /** How `GET /gateway/bot` behaves: always, or for the next `times` requests. */
  setRest(behaviour: RestBehaviour, options?: { times?: number; bot?: string }): void;
  /** Closes all connections with this code; with none they break off without a word. */
  disconnect(code?: number): void;
  /** Ends everything, at once. Resolves when no handle is open any more. Calling it again does nothing. */
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1. Rejects when it cannot. */
export async function startFakeDiscord(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const { bots: given = [{ token: 'fake-token' }], seed = 1, ...changed } = options;
  const settings: GatewaySettings = {
    windowMs: 5000,
    jitter: { minMs: 0, maxMs: 0 },
    heartbeatIntervalMs: 41_250,
    resumes: 'known',
    ...changed,
  };
  const bots = given.map((bot) => new FakeBot(bot, monotonicNow()));
  const log = new DiscordLog();
  let port = 0;
  const gatewayUrl = (): string => `ws://127.0.0.1:${port}`;
  const rest = new FakeRest(bots, log, gatewayUrl);
  const gateway = new FakeGateway({ settings, bots, log, gatewayUrl, random: seededRandom(seed) });

  const server = createServer((request, response) => rest.handle(request, response));
  server.on('upgrade', (request, socket, head) => gateway.handleUpgrade(request, socket, head));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The fake has no TCP port');
  port = address.port;

  const botNamed = (name = 'default'): FakeBot => {
    const found = bots.find((bot) => bot.name === name);
    if (!found) throw new Error(`The fake was started with no bot "${name}"`);
    return found;
  };
  let closed: Promise<void> | undefined;
  const closeAll = async (): Promise<void> => {
    gateway.close();
    const ended = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await ended;
  };
  return {
    url: `http://127.0.0.1:${port}/api`,
    gatewayUrl: gatewayUrl(),
    log,
    settings,
    info: (bot) => botNamed(bot).info(gatewayUrl(), monotonicNow()),
    setLimits: (limits, bot) => botNamed(bot).setLimits(limits, monotonicNow()),
    resetToken(token, bot) {
      botNamed(bot).token = token;
    },
    setRest: (behaviour, { times, bot } = {}) => botNamed(bot).setRest(behaviour, times),
    disconnect: (code) => gateway.end(() => true, code),
    close() {
      closed ??= closeAll();
      return closed;
    },
  };
}
