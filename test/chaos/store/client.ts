import { Redis } from 'ioredis';

/** A client of the store's server that fails at once, or within about a second, whenever that is away, and comes back by itself. */
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
  // Each command tells by itself.
  client.on('error', () => undefined);
  return client;
}
