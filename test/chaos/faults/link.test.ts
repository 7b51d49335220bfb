import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { monotonicNow } from '../../support/discord/index.ts';
import { Link } from './link.ts';

let server: Server;
let link: Link;
let received: string;
const clients: Socket[] = [];

/** An echo server. */
beforeEach(async () => {
  received = '';
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      received += bytes.toString();
      socket.write(bytes);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on TCP
  link = await Link.to((server.address() as AddressInfo).port);
});

afterEach(async () => {
  for (const socket of clients.splice(0)) socket.destroy();
  await link.close();
  server.close();
});

async function client(): Promise<Socket> {
  const socket = connect(link.port, '127.0.0.1');
  socket.on('error', () => undefined);
  clients.push(socket);
  await new Promise((resolve) => {
    socket.once('connect', resolve);
    socket.once('close', resolve);
  });
  return socket;
}

/** Unlike `once` of node:events, this does not reject on an error event. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once('close', () => resolve());
  });
}

async function echo(socket: Socket, text: string): Promise<string> {
  const answer = once(socket, 'data');
  socket.write(text);
  return String((await answer)[0]);
}

test('without a fault all bytes pass', async () => {
  const socket = await client();
  expect(await echo(socket, 'one')).toBe('one');
  expect(await echo(socket, 'two')).toBe('two');
});

test('a cut ends the connection, and a new one works', async () => {
  const socket = await client();
  await echo(socket, 'one');
  link.cut();
  await closed(socket);
  expect(await echo(await client(), 'two')).toBe('two');
});

test('a link that refuses ends every connection until it heals', async () => {
  link.refuse();
  await closed(await client());
  link.heal();
  expect(await echo(await client(), 'two')).toBe('two');
});

test('stalled replies are kept back in order while requests pass', async () => {
  const socket = await client();
  link.stall('replies');
  let answer = '';
  socket.on('data', (bytes) => (answer += bytes.toString()));
  socket.write('one');
  await expect.poll(() => received).toBe('one');
  socket.write('two');
  await expect.poll(() => received).toBe('onetwo');
  expect(answer).toBe('');
  link.heal();
  await expect.poll(() => answer).toBe('onetwo');
});

test('a stalled link passes nothing to the server until it heals, also from a client that has closed', async () => {
  const socket = await client();
  await echo(socket, 'one');
  link.stall('all');
  socket.end('two');
  const other = await client();
  other.write('three');
  expect(received).toBe('one');
  link.heal();
  await expect.poll(() => received).toHaveLength('onetwothree'.length);
});

test('a delay applies to both directions', async () => {
  const socket = await client();
  link.delay(30);
  const sentAt = monotonicNow();
  expect(await echo(socket, 'one')).toBe('one');
  expect(monotonicNow() - sentAt).toBeGreaterThanOrEqual(60);
});

test('a missing server closes the connection', async () => {
  const ended = once(server, 'close');
  server.close();
  await ended;
  const socket = await client();
  await closed(socket);
  expect(socket.closed).toBe(true);
});
