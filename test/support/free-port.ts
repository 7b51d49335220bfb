import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Where free ports are looked for. Linux takes the ports of outgoing connections and of `listen(0)` from 32768 on, so
 * that neither can take one of these meanwhile. The cluster bus of a Redis server is 10 000 above its port: it falls
 * outside the range, and below 32768 too.
 */
const FIRST = 12_000;
const LAST = 21_999;

/**
 * A TCP port of 127.0.0.1 on which no process listens. For a server that has to keep its port over restarts, or that
 * cannot choose one by itself. Another process may take the port before the caller does; as the port is drawn out of
 * 10 000, that is unlikely.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
