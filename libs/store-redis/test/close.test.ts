import { expect, test } from 'vitest';
import { OneServer } from './servers/one-server.ts';
import { Opened, outcome } from './opened.ts';

/** Closes the server twice, and returns how a call ends then. */
async function afterClosing(opened: Opened): Promise<string> {
  const since = performance.now();
  await Promise.all([opened.server.close(), opened.server.close()]);
  expect(performance.now() - since).toBeLessThan(1500);
  await opened.server.close();
  return outcome(opened.count());
}

test('a connection in use', async () => {
  const server = await OneServer.start();
  const opened = await Opened.open(server.url);
  const call = outcome(opened.count());
  expect(await afterClosing(opened)).toBe('CLOSED');
  expect(['ok', 'CLOSED']).toContain(await call);
  const left = await server.admin().client('LIST');
  expect(String(left).trim().split('\n')).toHaveLength(1);
});

test('a server that is not there', async () => {
  const server = await OneServer.prepare();
  const opened = await Opened.open(server.url);
  expect(await afterClosing(opened)).toBe('CLOSED');
});

test('a server that has gone', async () => {
  const server = await OneServer.start();
  const opened = await Opened.open(server.url);
  await server.kill();
  await opened.reports('ECONNREFUSED');
  expect(await afterClosing(opened)).toBe('CLOSED');
});

test('a server that stalls, with calls under way', async () => {
  const server = await OneServer.start();
  const opened = await Opened.open(server.url);
  server.signal('SIGSTOP');
  const calls = [outcome(opened.count()), outcome(opened.count())];
  expect(await afterClosing(opened)).toBe('CLOSED');
  expect(await Promise.all(calls)).toEqual(['CLOSED', 'CLOSED']);
});

test('a server that stalls while it is connected to', async () => {
  const server = await OneServer.start();
  const opened = await Opened.open(server.url);
  server.signal('SIGSTOP');
  await opened.reports('TIMEOUT');
  expect(await afterClosing(opened)).toBe('CLOSED');
});

test('a server that is refused', async () => {
  const server = await OneServer.start();
  const opened = await Opened.open(server.url);
  await server.admin().config('SET', 'requirepass', 's3cret');
  await server
    .admin({ password: 's3cret' })
    .call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  await opened.reports('NOAUTH');
  expect(await afterClosing(opened)).toBe('CLOSED');
});

test.each(['sentinel', 'cluster'])('a %s that is not there', async (kind) => {
  const { port } = await OneServer.prepare();
  const opened = await Opened.open(
    `redis+${kind}://127.0.0.1:${port}/${kind === 'cluster' ? '' : 'm'}`,
  );
  expect(await outcome(opened.count())).not.toBe('ok');
  expect(await afterClosing(opened)).toBe('CLOSED');
});
