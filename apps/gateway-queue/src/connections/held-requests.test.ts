import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HeldRequest, HeldRequests } from './held-requests.ts';

let server: Server;
let client: Socket;
let socket: Socket;
let heldRequests: HeldRequests;
beforeEach(async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on TCP
  client = connect((server.address() as AddressInfo).port, '127.0.0.1').resume();
  [socket] = await accepted;
  heldRequests = new HeldRequests(10);
});
afterEach(() => {
  client.destroy();
  server.close();
});

function hold(): HeldRequest {
  const held = heldRequests.hold(socket, 'answer');
  if (!held) throw new Error('There was no room');
  return held;
}

test('P8 a request that is turned away closes its connection after the requests before it are answered', async () => {
  const [first, second] = [hold(), hold()];
  heldRequests.closeUnheld(socket);
  first.release();
  expect(second.signal.aborted).toBe(false);
  expect(socket.writable).toBe(true);
  second.release();
  await once(client, 'close');
  expect(heldRequests.size).toBe(0);
});

test('P8 a held request that cannot be answered ends those behind it with its connection', async () => {
  const [first, second] = [hold(), hold()];
  first.close();
  first.release();
  await once(second.signal, 'abort');
  second.release();
  await once(client, 'close');
  expect(heldRequests.size).toBe(0);
});

test('P10 no request is held behind one that was turned away', () => {
  const first = hold();
  heldRequests.closeUnheld(socket);
  expect(heldRequests.hold(socket, 'answer')).toBeUndefined();
  first.release();
});
