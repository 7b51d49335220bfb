import { Redis } from 'ioredis';

/** A client of Redis that fails within about a second while Redis is away, and connects again by itself. */
export function storeClient(port: number): Redis {
  const client = new Redis({
    port,
    host: '127.0.0.1',
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    commandTimeout: 1000,
    socketTimeout: 1500,
    retryStrategy: () => 50,
  });
  // Each command reports its own failure.
  client.on('error', () => undefined);
  return client;
}
