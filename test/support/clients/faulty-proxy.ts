import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What becomes of one connection: a fault, or bytes that are answered in place of the queue's. */
export type Fault = 'none' | 'slow' | 'cut' | 'reset' | { readonly instead: string };

/** A proxy for clients that use each connection once. */
export interface FaultyProxy {
  readonly url: string;
  /** How many connections it took. */
  readonly connections: () => number;
  /** The ids of permits that it read from the queue and did not pass on whole. */
  readonly eaten: readonly string[];
  close(): Promise<void>;
}

/** @param faultOf of the nth connection, from 0 */
export async function startFaultyProxy(
  target: string,
  faultOf: (connection: number) => Fault,
): Promise<FaultyProxy> {
  const sockets = new Set<Socket>();
  const eaten: string[] = [];
  let connections = 0;
  const server = createServer((near) => {
    const fault = faultOf(connections++);
    const far = connect(Number(new URL(target).port), '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.once('close', () => sockets.delete(socket));
    }
    near.once('close', () => far.destroy());
    near.on('data', (bytes) => far.write(bytes));
    const reply: Buffer[] = [];
    far.on('data', (bytes) => reply.push(bytes));
    far.once('close', () => void passOn(near, Buffer.concat(reply), fault, eaten));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on TCP
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    connections: () => connections,
    eaten,
    async close() {
      const ended = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await ended;
    },
  };
}

async function passOn(near: Socket, reply: Buffer, fault: Fault, eaten: string[]): Promise<void> {
  const id = /"id":"([^"]+)"/.exec(reply.toString())?.[1];
  const whole = fault === 'none' || fault === 'slow';
  if (id !== undefined && (!whole || near.destroyed)) eaten.push(id);
  if (fault === 'slow') {
    for (let at = 0; at < reply.length; at += 32) {
      near.write(reply.subarray(at, at + 32));
      await sleep(5);
    }
    near.end();
  } else if (fault === 'cut') near.end(reply.subarray(0, reply.length - 20));
  else if (fault === 'reset') near.resetAndDestroy();
  else near.end(fault === 'none' ? reply : fault.instead);
}
