import type { Service } from '../service/service.ts';
import { Connection } from '../http/connection.ts';

/** The number of connections that open at a time: the service's backlog is limited. */
const AT_A_TIME = 200;

/** Shards that ask at `/` and wait until they get their permit or the test makes them leave. */
export class WaitingShards {
  readonly #connections: Connection[] = [];
  readonly #service: Service;

  constructor(service: Service) {
    this.#service = service;
  }

  /** Adds shards. When it resolves they have sent their requests; a moment later they wait. */
  async join(shards: readonly number[]): Promise<void> {
    for (let index = 0; index < shards.length; index += AT_A_TIME) {
      const some = shards.slice(index, index + AT_A_TIME);
      this.#connections.push(...(await Promise.all(some.map((shard) => this.#ask(shard)))));
    }
  }

  /** The newest `count` shards hang up; all shards without a count. */
  leave(count = this.#connections.length): void {
    if (count === 0) return;
    for (const connection of this.#connections.splice(-count)) connection.reset();
  }

  async #ask(shard: number): Promise<Connection> {
    const connection = await Connection.open(this.#service.url);
    connection.send({ target: `/?shard=${shard}` });
    return connection;
  }
}

/** Takes a permit of each bucket and does not confirm it, so that the bucket stays closed for `CONFIRM_TIMEOUT_MS`. */
export async function closeBuckets(service: Service, count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, async (_, shard) => {
      const url = `${service.url}/v1/identify?shard=${shard}&confirm=true`;
      const answer = await fetch(url, { method: 'POST' });
      if (answer.status !== 200)
        throw new Error(`Bucket ${shard} was not closed: ${answer.status}`);
      await answer.arrayBuffer();
    }),
  );
}
