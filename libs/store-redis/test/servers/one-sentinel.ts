import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';
import { OneServer } from './one-server.ts';

/** The name by which the Sentinel knows the master. */
export const MASTER = 'mymaster';

/** A Sentinel, its master, and the replica that takes over from it. */
export class OneSentinel {
  private constructor(
    readonly master: OneServer,
    readonly replica: OneServer,
    readonly sentinel: OneServer,
  ) {}

  static async start(): Promise<OneSentinel> {
    const master = await OneServer.start();
    const replica = await OneServer.start({
      args: ['--replicaof', '127.0.0.1', String(master.port)],
    });
    const sentinel = await OneServer.prepare();
    const file = join(sentinel.dir, 'sentinel.conf');
    await writeFile(
      file,
      [
        `port ${sentinel.port}`,
        'bind 127.0.0.1',
        `dir ${sentinel.dir}`,
        `sentinel monitor ${MASTER} 127.0.0.1 ${master.port} 1`,
        `sentinel down-after-milliseconds ${MASTER} 200`,
        `sentinel failover-timeout ${MASTER} 2000`,
        '',
      ].join('\n'),
    );
    await sentinel.startWith([file, '--sentinel']);
    const asked = sentinel.admin();
    await vi.waitFor(
      async () => {
        const [replicaState] = await replicasOf(asked);
        if (replicaState?.get('master-link-status') !== 'ok')
          throw new Error('not replicating yet');
      },
      { timeout: 10_000, interval: 20 },
    );
    return new OneSentinel(master, replica, sentinel);
  }

  get url(): string {
    return `redis+sentinel://127.0.0.1:${this.sentinel.port}/${MASTER}`;
  }
}

async function replicasOf(sentinel: ReturnType<OneServer['admin']>) {
  const answer: unknown = await sentinel.call('SENTINEL', 'REPLICAS', MASTER);
  if (!Array.isArray(answer)) return [];
  return answer.map((fields: unknown) => {
    const flat = Array.isArray(fields) ? fields.map(String) : [];
    const pairs = flat.flatMap((name, index) =>
      index % 2 === 0 ? [[name, flat[index + 1] ?? ''] as const] : [],
    );
    return new Map(pairs);
  });
}
