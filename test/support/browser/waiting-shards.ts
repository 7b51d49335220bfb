import type { Service } from '../service/service.ts';
import { Connection } from '../http/connection.ts';

/** How many connect at a time: the service's backlog is not endless. */
const AT_A_TIME = 200;

/** Shards that ask at `/`, and wait for as long as the test wants, or until they have their permit. */
export class WaitingShards {
  readonly #connections: Connection[] = [];
  readonly #service: Service;

  constructor(service: Service) {
    this.#service = service;
  }

  /** More come. They have asked when it resolves, and wait a moment later. */
  async join(shards: readonly number[]): Promise<void> {
    for (let index = 0; index < shards.length; index += AT_A_TIME) {
      const some = shards.slice(index, index + AT_A_TIME);
      this.#connections.push(...(await Promise.all(some.map((shard) => this.#ask(shard)))));
    }
  }

  /** The last so many hang up; all unless given. */
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

/** Gives each bucket a permit that nobody is going to confirm, so that it stays closed for `CONFIRM_TIMEOUT_MS`. */
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
