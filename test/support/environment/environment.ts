import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startFakeDiscord, type FakeDiscord, type FakeDiscordOptions } from '../discord/index.ts';
import type { ServiceOptions } from '../service/service.ts';
import { QueueService } from './queue-service.ts';
import { Relay } from '../relay.ts';

/** In every token of these tests, and nowhere else. */
const CANARY = 'canary';

/** The token of the bot that is called so. */
export function tokenOf(bot: string): string {
  return `${CANARY}.${bot}.0aZ`;
}

/** For `GATEWAY_INFO_CRON`: no test is under way at the turn of a year. */
export const NEVER = '0 0 1 1 *';

/** For `GATEWAY_INFO_CRON`. */
export const EVERY_SECOND = '* * * * * *';

/** A bot of a `BOTS_FILE`. */
export interface BotEntry {
  readonly id: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly maxConcurrency?: number;
  readonly reserve?: number;
}

/** For tests to which the true interval makes no difference, and in which every start is to be handed out. */
const SETTINGS = {
  IDENTIFY_INTERVAL_MS: '100',
  IDENTIFY_MARGIN_MS: '0',
  GATEWAY_INFO_CRON: NEVER,
  SESSION_RESERVE: '0',
};

/** Fakes of Discord and services for one test; {@link end} ends them, and checks that no token was said. */
export class TestEnvironment {
  readonly #discords: FakeDiscord[] = [];
  readonly #relays: Relay[] = [];
  readonly #services: QueueService[] = [];

  private constructor(
    /** Where services keep their state unless told otherwise. */
    readonly dataDir: string,
  ) {}

  static async make(): Promise<TestEnvironment> {
    return new TestEnvironment(await mkdtemp(join(tmpdir(), 'gateway-queue-environment-')));
  }

  /** One bot with the token of `default`, unless given. It has no identify window unless given. */
  async discord(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
    const bots = [{ token: tokenOf('default') }];
    const discord = await startFakeDiscord({ windowMs: 0, bots, ...options });
    this.#discords.push(discord);
    return discord;
  }

  /** A way to that Discord which is closed at first. */
  async relayTo(discord: FakeDiscord): Promise<Relay> {
    const relay = await Relay.to(Number(new URL(discord.url).port));
    this.#relays.push(relay);
    return relay;
  }

  /** Starts the service with short intervals and no refresh by cron, unless given. */
  async service(
    settings: Readonly<Record<string, string>>,
    options: ServiceOptions = {},
  ): Promise<QueueService> {
    const all = { ...SETTINGS, DATA_DIR: this.dataDir, ...settings };
    const service = await QueueService.start(all, options);
    this.#services.push(service);
    return service;
  }

  /** Starts the service for the bot `default` of that Discord. */
  async serviceOf(
    discord: Pick<FakeDiscord, 'url'>,
    settings: Readonly<Record<string, string>> = {},
    options: ServiceOptions = {},
  ): Promise<QueueService> {
    return this.service(
      { DISCORD_TOKEN: tokenOf('default'), DISCORD_API_URL: discord.url, ...settings },
      options,
    );
  }

  /** Starts the service with these bots in its `BOTS_FILE`, which is in {@link dataDir}. */
  async serviceOfBots(
    discord: Pick<FakeDiscord, 'url'>,
    bots: readonly BotEntry[],
    settings: Readonly<Record<string, string>> = {},
  ): Promise<QueueService> {
    const path = join(this.dataDir, 'bots.json');
    await writeFile(path, JSON.stringify(bots));
    return this.service({ BOTS_FILE: path, DISCORD_API_URL: discord.url, ...settings });
  }

  /** Throws when a service said a token, or ended with anything but 0. */
  async end(): Promise<void> {
    for (const service of this.#services) service.leaveAll();
    const codes = await Promise.all(this.#services.map((service) => service.stop()));
    for (const relay of this.#relays) await relay.close();
    for (const discord of this.#discords) await discord.close();
    await rm(this.dataDir, { recursive: true, force: true });
    for (const [index, service] of this.#services.entries()) {
      if (service.said().includes(CANARY)) throw new Error(`A token was said: ${service.said()}`);
      if (codes[index] === 0) continue;
      throw new Error(`The service ended with ${codes[index]}:\n${service.said()}`);
    }
  }
}
