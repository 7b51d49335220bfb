import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { askFor } from '../support/http/held-request.ts';
import { debianProgram } from '../support/debian-program.ts';
import { startService, type Service } from '../support/service/service.ts';

const guide = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');

/** What follows the events would follow them for ever. */
const commands = [...guide.matchAll(/^```sh\n(.+?)^```$/gms)]
  .map(([, block = '']) => block)
  .filter((block) => !block.includes('/events'));

/** As the guide has it, but for where the service is; every answer that is an error ends the script. */
const PRELUDE = `set -euo pipefail
curl() { command curl --fail-with-body --max-time 20 "$@"; }
`;

let home: string;
let service: Service;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'api-guide-'));
  service = await startService({ IDENTIFY_INTERVAL_MS: '20', CONFIRM_TIMEOUT_MS: '600000' });
});

afterEach(async () => {
  await service.kill();
  await rm(home, { recursive: true, force: true });
});

test('the commands of docs/api.md, run in their order, do what they say', async () => {
  // This permit is never confirmed, so the next request waits until it is evicted.
  await fetch(`${service.url}/v1/identify?shard=0&confirm=true`, { method: 'POST' });
  const waiter = askFor(service.url, 42);
  await waiter.connected;

  const script = (PRELUDE + commands.join('\n'))
    .replaceAll('http://localhost:8080', service.url)
    .replaceAll('data/admin-token', join(service.dataDir, 'admin-token'));
  const programs = await Promise.all([debianProgram('curl'), debianProgram('jq')]);
  const path = [...programs.map(dirname), process.env['PATH']].join(delimiter);
  await promisify(execFile)('bash', ['-c', script], { cwd: home, env: { PATH: path } });

  await waiter.closed;
  expect(waiter.state).toBe('closed');
  const token = readFileSync(join(service.dataDir, 'admin-token'), 'utf8').trim();
  const audit = await fetch(`${service.url}/api/v1/audit`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { items }: { items: readonly { action: string }[] } = JSON.parse(await audit.text());
  expect(items.map(({ action }) => action).toReversed()).toEqual([
    'pause',
    'pause',
    'resume',
    'resume',
    'evict',
    'refresh',
    'override-limits',
    'override-limits',
    'lift-override',
  ]);
}, 600_000);
