import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { observe, type ServiceProcess } from '../support/service/service-process.ts';

const PROGRAM = fileURLToPath(new URL('../../demo/main.ts', import.meta.url));

/** How long the demo may take to come to something, ms. */
const POLL = { timeout: 30_000 };

/** How long it may take to end, before it is killed, ms. */
const END_MS = 30_000;

let demo: ServiceProcess;
/** Where it keeps what it keeps. */
let folder: string;
/** The pid of its service, when that was stopped. */
let frozen: number | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-test-'));
});
afterEach(async () => {
  // It ends its service itself, which has a process group of its own; only then is there nothing left to kill.
  demo.child.kill('SIGTERM');
  await Promise.race([demo.exited, sleep(END_MS, undefined, { ref: false })]);
  demo.kill();
  await demo.exited;
  thawService();
  await rm(folder, { recursive: true, force: true });
});

function start(...options: string[]): void {
  const env = { PATH: process.env['PATH'], TMPDIR: folder };
  // In a process group of its own, as a terminal would have it.
  const child = spawn(process.execPath, [PROGRAM, ...options], {
    env,
    stdio: 'pipe',
    detached: true,
  });
  demo = observe(child);
}

/** As a terminal does: to all of the process group. */
function pressCtrlC(): void {
  if (demo.child.pid === undefined) throw new Error('The demo did not start');
  process.kill(-demo.child.pid, 'SIGINT');
}

/** Stops the service, the only process that the demo starts, so that it does not end when it is asked to. */
async function freezeService(): Promise<void> {
  for (const name of await readdir('/proc')) {
    // "pid (name) state parent ...", see proc_pid_stat(5); the process may have ended by now.
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const [, parent] = /^\d+ \(.*\) \S (\d+)/s.exec(stat) ?? [];
    if (Number(parent) === demo.child.pid) frozen = Number(name);
  }
  if (frozen === undefined) throw new Error('The demo has no service');
  process.kill(frozen, 'SIGSTOP');
}

/** Lets it go on, when it is still there; a stopped process could be ended only by its pid. */
function thawService(): void {
  if (frozen === undefined) return;
  try {
    process.kill(frozen, 'SIGCONT');
  } catch {
    // It has gone, as it should.
  }
  frozen = undefined;
}

/** What stands after a label in what the demo has printed. */
async function printed(label: RegExp): Promise<string> {
  const find = (): string | undefined => label.exec(demo.output())?.[1];
  await expect.poll(find, POLL).toBeDefined();
  return find() ?? '';
}

interface State {
  readonly bots: Readonly<Record<string, { waiting: number; recentPermits: object }>>;
}

test('npm run demo: shards of two bots wait, identify and confirm, and the printed token opens the page; Ctrl-C ends it cleanly', async () => {
  start();
  const dashboard = await printed(/Dashboard +(\S+)/);
  const token = await printed(/look only +(\S+)/);
  const state = async (): Promise<State> => {
    const headers = { authorization: `Bearer ${token}` };
    return JSON.parse(await (await fetch(new URL('/api/v1/state', dashboard), { headers })).text());
  };
  await expect
    .poll(async () => Object.values((await state()).bots).map(({ waiting }) => waiting > 0), POLL)
    .toEqual([true, true]);
  await expect
    .poll(async () => JSON.stringify((await state()).bots['music']?.recentPermits), POLL)
    .toContain('confirmed');

  pressCtrlC();
  expect(await demo.exited).toEqual({ code: 0, signal: null });
  expect(demo.output()).not.toContain('The service ended');
  expect(await readdir(folder)).toEqual([]);
});

test('Ctrl-C while the demo starts ends it cleanly too, and leaves nothing behind', async () => {
  start();
  await expect.poll(() => readdir(folder), POLL).not.toEqual([]);
  pressCtrlC();
  expect(await demo.exited).toEqual({ code: 0, signal: null });
  expect(await readdir(folder)).toEqual([]);
});

test('Ctrl-C twice while the demo starts leaves nothing behind either', async () => {
  start();
  await expect.poll(() => readdir(folder), { ...POLL, interval: 5 }).not.toEqual([]);
  pressCtrlC();
  // Another signal counts as much, and the same one twice in a moment may come as one.
  demo.child.kill('SIGTERM');
  expect(await demo.exited).toEqual({ code: 1, signal: null });
  expect(await readdir(folder)).toEqual([]);
});

test('a second Ctrl-C ends the demo at once, and its service', async () => {
  start();
  const dashboard = await printed(/Dashboard +(\S+)/);
  // So that the first one alone cannot end it.
  await freezeService();
  pressCtrlC();
  await expect.poll(() => demo.output(), POLL).toContain('Ending ...');
  pressCtrlC();
  expect(await demo.exited).toEqual({ code: 1, signal: null });
  // Of one that is frozen still there would be no answer, and no refusal either.
  const fetchPage = (): Promise<unknown> =>
    fetch(dashboard, { signal: AbortSignal.timeout(1000) }).catch((error: Error) => error.message);
  await expect.poll(fetchPage, POLL).toBe('fetch failed');
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  [['--port', 'http'], '--port must be a whole number from 1 to 65535'],
  [['--minutes', '0'], '--minutes must be a whole number from 1 to 1440'],
  [['--forever'], '--forever'],
])('an option that is wrong is named: %j', async (options, complaint) => {
  start(...options);
  expect((await demo.exited).code).toBe(1);
  expect(demo.output()).toContain(complaint);
});
