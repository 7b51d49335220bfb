import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { startFakeDiscord, type FakeDiscord } from '../test/support/discord/index.ts';
import { makeFolder, removeFolder } from '../test/support/folders.ts';
import { startService, type Service } from '../test/support/service/service.ts';
import { BOTS } from './bots.ts';
import { DemoRandom } from './demo-random.ts';
import { runFleet } from './fleet.ts';
import { operate } from './operator.ts';
import type { Options } from './options.ts';
import { injectDiscordFaults } from './discord-faults.ts';

/** The delay of the network between shards and gateway, in ms. */
const JITTER = { minMs: 20, maxMs: 120 } as const;

/** Twice a minute, so that a viewer sees the effect of Discord's answers. */
const REFRESH_CRON = '*/30 * * * * *';

/** A module that makes the service see the host name `demo`. A replica is named after its host, and the name is on published pictures. */
const HOST_NAME_MODULE = `data:text/javascript,${encodeURIComponent(
  "import os from 'node:os'; import { syncBuiltinESMExports } from 'node:module'; os.hostname = () => 'demo'; syncBuiltinESMExports();",
)}`;

/** Enough that a token cannot be guessed. */
const TOKEN_BYTES = 24;

/** The tokens of the operator `kim` and the viewer `sam`, for the people who watch the demo, and of `casey`, the operator whom the demo plays. */
type DemoTokens = Readonly<Record<'kim' | 'sam' | 'casey', string>>;

/** The service over the fake Discord, with the shards of {@link BOTS}, an operator, and faults of Discord. */
export class Demo {
  readonly url: string;
  /** To log in with: as an operator, who may change things, or as a viewer, who may only look. */
  readonly tokens: Readonly<Record<'operator' | 'viewer', string>>;
  readonly #discord: FakeDiscord;
  readonly #service: Service;
  readonly #home: string;
  readonly #end = new AbortController();
  readonly #actors: readonly Promise<unknown>[];

  private constructor(
    { seed }: Pick<Options, 'seed'>,
    discord: FakeDiscord,
    service: Service,
    home: string,
    tokens: DemoTokens,
  ) {
    this.url = service.url;
    this.tokens = { operator: tokens.kim, viewer: tokens.sam };
    this.#discord = discord;
    this.#service = service;
    this.#home = home;
    const { signal } = this.#end;
    const random = new DemoRandom(seed);
    const endpoints = { queueUrl: service.url, gatewayUrl: discord.gatewayUrl };
    this.#actors = [
      ...BOTS.map((bot) => runFleet(bot, endpoints, random.fork(), signal)),
      operate(service.url, tokens.casey, random.fork(), signal),
      injectDiscordFaults(discord, random.fork(), signal),
    ];
    // An actor that fails or ends early does not end the demo.
    for (const actor of this.#actors) actor.catch(() => undefined);
  }

  /** Rejects with the output of the service when the service does not start. */
  static async start({ port, seed }: Pick<Options, 'port' | 'seed'>): Promise<Demo> {
    const home = makeFolder('gateway-queue-demo-');
    const discord = await startFakeDiscord({ bots: BOTS, jitter: JITTER, seed });
    const tokens = { kim: newToken(), sam: newToken(), casey: newToken() };
    try {
      const botsFile = join(home, 'bots.json');
      const entries = BOTS.map(({ name, token }) => ({ id: name, token }));
      await writeFile(botsFile, JSON.stringify(entries));
      const service = await startService(
        {
          ...(port !== undefined && { PORT: String(port) }),
          BOTS_FILE: botsFile,
          DISCORD_API_URL: discord.url,
          GATEWAY_INFO_CRON: REFRESH_CRON,
          ENVIRONMENT: 'demo',
          ADMIN_TOKENS: `kim:operator:${tokens.kim},sam:viewer:${tokens.sam},casey:operator:${tokens.casey}`,
        },
        // Ctrl-C must reach the demo alone. The demo ends the service itself.
        { detached: true, nodeOptions: ['--import', HOST_NAME_MODULE] },
      );
      return new Demo({ seed }, discord, service, home, tokens);
    } catch (error) {
      await discord.close();
      await removeFolder(home);
      throw error;
    }
  }

  /** Resolves with the output of the service when the service has ended, for any reason. */
  async ended(): Promise<string> {
    await this.#service.exited;
    return this.#service.output();
  }

  /** Ends all processes and removes all files. */
  async end(): Promise<void> {
    this.#end.abort();
    await Promise.allSettled(this.#actors);
    await this.#service.stop();
    await this.#discord.close();
    await removeFolder(this.#home);
  }
}

function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}
