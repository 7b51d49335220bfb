import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { startFakeDiscord, type FakeDiscord } from '../discord/index.ts';
import { makeDataDir, removeDataDirs } from '../state/data-dirs.ts';
import { startService, type Service } from '../service/service.ts';
import type { Callers } from './callers.ts';
import { secretOf } from './canary.ts';

/** One bot gives permits freely; the other has none left, so that its requests wait. */
export const GIVING = 'default';
export const WAITING = 'spent';

/** For tests to which intervals make no difference, and in which each client seems to come from where it says. */
export function settingsFor(callers: Callers): Readonly<Record<string, string>> {
  return {
    ADMIN_TOKENS: callers.adminTokens,
    QUEUE_TOKEN: callers.queueToken,
    IDENTIFY_INTERVAL_MS: '1',
    IDENTIFY_MARGIN_MS: '0',
    SESSION_RESERVE: '0',
    CRASH_LOOP_BELOW: '0',
    TRUST_PROXY: 'true',
  };
}

/** The built service with two bots, and a Discord that they ask. */
export class ServedApi {
  private constructor(
    readonly service: Service,
    private readonly discord: FakeDiscord,
  ) {}

  /** @param maxConcurrency of each bot */
  static async start(
    callers: Callers,
    maxConcurrency: number,
    settings: Readonly<Record<string, string>>,
  ): Promise<ServedApi> {
    const bots = [
      { name: GIVING, token: secretOf(GIVING), maxConcurrency, total: 100_000 },
      { name: WAITING, token: secretOf(WAITING), maxConcurrency, remaining: 0 },
    ];
    const discord = await startFakeDiscord({ bots });
    const dataDir = await makeDataDir();
    const botsFile = join(dataDir, 'bots.json');
    await writeFile(botsFile, JSON.stringify(bots.map(({ name, token }) => ({ id: name, token }))));
    const service = await startService({
      ...settingsFor(callers),
      DATA_DIR: dataDir,
      BOTS_FILE: botsFile,
      DISCORD_API_URL: discord.url,
      ...settings,
    });
    return new ServedApi(service, discord);
  }

  async end(): Promise<void> {
    await this.service.kill();
    await this.discord.close();
    await removeDataDirs();
  }
}
