import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { startFakeDiscord, type FakeDiscord } from '../test/support/discord/index.ts';
import { makeFolder, removeFolder } from '../test/support/folders.ts';
import { startService, type Service } from '../test/support/service/service.ts';
import { BOTS } from './bots.ts';
import { Chance } from './demo-random.ts';
import { runFleet } from './fleet.ts';
import { operate } from './operator.ts';
import type { Options } from './options.ts';
import { troubleDiscord } from './discord-faults.ts';

/** Of the network between shards and gateway. */
const JITTER = { minMs: 20, maxMs: 120 } as const;

/** Twice a minute, so that what Discord says is seen to matter. */
const OFTEN = '*/30 * * * * *';

/** Names this machine `demo`, for the service alone: replicas are named after theirs, and pictures are for everybody. */
const NEUTRAL_NAME = `data:text/javascript,${encodeURIComponent(
  "import os from 'node:os'; import { syncBuiltinESMExports } from 'node:module'; os.hostname = () => 'demo'; syncBuiltinESMExports();",
)}`;

/** Enough for nobody to guess, bytes. */
const TOKEN_BYTES = 24;

/** Of kim, who may change things, and sam, who may only look: the people at the screen; and of casey, who is played. */
type DemoTokens = Readonly<Record<'kim' | 'sam' | 'casey', string>>;

/** The service over the fake of Discord, with the shards of {@link BOTS}, an operator, and what may go wrong. */
export class Demo {
  readonly url: string;
  /** With these one logs in: as somebody who may change things, and as one who may only look. */
  readonly tokens: Readonly<Record<'operator' | 'viewer', string>>;
  readonly #discord: FakeDiscord;
  readonly #service: Service;
  readonly #home: string;
  readonly #end = new AbortController();
  readonly #players: readonly Promise<unknown>[];

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
    const chance = new Chance(seed);
    const places = { queueUrl: service.url, gatewayUrl: discord.gatewayUrl };
    this.#players = [
      ...BOTS.map((bot) => runFleet(bot, places, chance.fork(), signal)),
      operate(service.url, tokens.casey, chance.fork(), signal),
      troubleDiscord(discord, chance.fork(), signal),
    ];
    // They play until the end; that somebody stopped earlier is no reason to.
    for (const player of this.#players) player.catch(() => undefined);
  }

  /** Rejects, with what the service wrote, when that does not start. */
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
          GATEWAY_INFO_CRON: OFTEN,
          ENVIRONMENT: 'demo',
          ADMIN_TOKENS: `kim:operator:${tokens.kim},sam:viewer:${tokens.sam},casey:operator:${tokens.casey}`,
        },
        // Ctrl-C is for the demo, which ends the service when nobody needs it any more.
        { detached: true, nodeOptions: ['--import', NEUTRAL_NAME] },
      );
      return new Demo({ seed }, discord, service, home, tokens);
    } catch (error) {
      await discord.close();
      await removeFolder(home);
      throw error;
    }
  }

  /** Resolves with what the service wrote when it ended, whoever ended it. */
  async ended(): Promise<string> {
    await this.#service.exited;
    return this.#service.output();
  }

  /** Ends everything, and leaves nothing behind. */
  async end(): Promise<void> {
    this.#end.abort();
    await Promise.allSettled(this.#players);
    await this.#service.stop();
    await this.#discord.close();
    await removeFolder(this.#home);
  }
}

function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}
