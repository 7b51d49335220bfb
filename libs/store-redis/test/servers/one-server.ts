import { onTestFinished } from 'vitest';
import {
  partsOf,
  RedisServer,
  type RedisServerOptions,
} from '../../../../test/support/redis-server.ts';

/** A Redis or Valkey server for one test or one file of tests. */
export class OneServer extends RedisServer {
  /** A server that answers. It ends with the test. */
  static async start(options: RedisServerOptions = {}): Promise<OneServer> {
    const server = await OneServer.prepare(options);
    await server.start();
    return server;
  }

  /** A server that does not run yet. It ends with the test. */
  static async prepare(options: RedisServerOptions = {}): Promise<OneServer> {
    const server = await OneServer.make(options);
    onTestFinished(() => server.end());
    return server;
  }

  /** A server that does not run yet, and that its caller ends. */
  static async make(options: RedisServerOptions = {}): Promise<OneServer> {
    return new OneServer(await partsOf(options));
  }
}
