import { afterEach, expect, test } from 'vitest';

import { startFakeDiscord, type FakeDiscord } from '../support/discord/index.ts';
import { makeDataDir, removeDataDirs } from '../support/state/data-dirs.ts';
import { askFor, type HeldRequest, takenIn } from '../support/http/held-request.ts';
import { storedPermits } from '../support/state/stored-state.ts';
import { startService, type Service } from '../support/service/service.ts';

const SHARDS = [31, 7, 12, 0, 5];

let service: Service | undefined;
let discord: FakeDiscord | undefined;
afterEach(async () => {
  await service?.kill();
  await discord?.close();
  await removeDataDirs();
});

/** One after the other, so that there is no doubt about their order. */
async function askInOrder(url: string, shards: readonly number[]): Promise<HeldRequest[]> {
  const requests: HeldRequest[] = [];
  for (const shard of shards) {
    const request = askFor(url, shard);
    requests.push(request);
    await takenIn(url, [request]);
  }
  return requests;
}

test('P6: shards that ask again after a kill, in any order, are served in their earlier order', async () => {
  // Until Discord answers nothing is granted, so it is the test that says when the line moves.
  discord = await startFakeDiscord();
  discord.setRest({ kind: 'server-error', status: 500 });
  const dataDir = await makeDataDir();
  const settings = {
    DATA_DIR: dataDir,
    DISCORD_TOKEN: 'fake-token',
    DISCORD_API_URL: discord.url,
    IDENTIFY_INTERVAL_MS: '20',
    IDENTIFY_MARGIN_MS: '0',
  };
  service = await startService(settings, { probe: 'live' });
  const held = await askInOrder(service.url, SHARDS);
  await service.kill();
  await Promise.all(held.map(({ closed }) => closed));
  expect(held.filter(({ bytesReceived }) => bytesReceived > 0)).toEqual([]);

  service = await startService(settings, { probe: 'live' });
  const newcomer = 99;
  const again = await askInOrder(service.url, [newcomer, ...SHARDS.toReversed()]);
  discord.setRest({ kind: 'ok' });
  const answers = await Promise.all(again.map(({ answer }) => answer));
  expect(answers.map((answer) => answer?.status)).toEqual(again.map(() => 200));
  await service.kill();

  const permits = await storedPermits(dataDir);
  expect(permits.map(({ shard }) => shard)).toEqual([...SHARDS, newcomer]);
});
