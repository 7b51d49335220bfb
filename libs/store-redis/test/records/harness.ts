import { randomUUID } from 'node:crypto';
import type { Server } from '../../src/connection/server.ts';
import type { OperatorRecords } from '@gateway-queue/operator-records';
import { redisRecords } from '../../src/records/redis-records.ts';
import { Connection } from '../connection.ts';
import type { Store } from '../servers/file-servers.ts';
import { TIME_SOURCE, TimedServer } from '../timed-server.ts';
import type { RecordsHarness } from '@gateway-queue/operator-records/testing';

/** Records on a real server, whose clock only the test moves. */
export class RedisHarness implements RecordsHarness {
  records: OperatorRecords;
  readonly #timed: TimedServer;

  private constructor(
    readonly prefix: string,
    readonly connection: Connection,
    server: Server,
  ) {
    this.#timed = new TimedServer(server);
    this.records = this.another();
  }

  /** @param wrap puts something between the records and the server */
  static async open(
    store: Store,
    wrap: (server: Server) => Server = (server) => server,
  ): Promise<RedisHarness> {
    const prefix = randomUUID();
    const connection = await Connection.open(store, prefix);
    return new RedisHarness(prefix, connection, wrap(connection.server));
  }

  /** The records as another replica has them. */
  another(): OperatorRecords {
    const { prefix } = this;
    return redisRecords({ server: this.#timed, prefix, timeSource: TIME_SOURCE });
  }

  readonly advance = async (ms: number): Promise<void> => this.#timed.moveClock(ms);

  readonly jumpClock = (byMs: number): void => this.#timed.moveClock(byMs);

  async restart(): Promise<void> {
    this.records = this.another();
  }

  async dispose(): Promise<void> {
    await this.connection.end();
  }
}
