import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';

import { afterEach, expect, test } from 'vitest';

import { queueThrottler } from './queue-throttler.ts';

let queue: Server;
afterEach(() => {
  queue.close();
  queue.closeAllConnections();
});

async function serve(handle: RequestListener): Promise<string> {
  queue = createServer(handle).listen(0, '127.0.0.1');
  await once(queue, 'listening');
  const address = queue.address();
  if (address === null || typeof address === 'string') throw new Error('No TCP port was given');
  return `http://127.0.0.1:${address.port}`;
}

test('asks again when the connection drops and when anything but a permit is answered', async () => {
  const asked: (string | undefined)[] = [];
  const url = await serve((request, response) => {
    asked.push(request.url);
    if (asked.length === 1) request.socket.destroy();
    else response.writeHead(asked.length === 2 ? 503 : 200).end();
  });
  await queueThrottler(url).waitForIdentify(42, new AbortController().signal);
  expect(asked).toEqual(['/?shard=42', '/?shard=42', '/?shard=42']);
});

test('hangs up and rejects on abort, and on that alone', async () => {
  const asked = Promise.withResolvers<void>();
  const hungUp = Promise.withResolvers<void>();
  const url = await serve((_request, response) => {
    response.once('close', hungUp.resolve);
    asked.resolve();
  });
  const controller = new AbortController();
  const permit = queueThrottler(url).waitForIdentify(0, controller.signal);
  await asked.promise;
  controller.abort();
  await expect(permit).rejects.toMatchObject({ name: 'AbortError' });
  await hungUp.promise;
});
