import { once } from 'node:events';
import {
  type ClientRequest,
  createServer,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';

import { freePort } from '../free-port.ts';

const GATEWAY_TIMEOUT = 504;

/**
 * A reverse proxy as nginx is with several servers in an `upstream`: a GET that one of them has not answered
 * in time is sent again to the next (`proxy_next_upstream error timeout`), and when none of them has, the
 * client is told 504. The connection to the one before is closed, as nginx does it.
 */
export class ResendingProxy {
  /** How often a request was sent on, in all. */
  sent = 0;
  /** How often all upstreams were too slow. */
  gaveUp = 0;
  #next = 0;

  private constructor(
    readonly url: string,
    private readonly server: Server,
    private readonly upstreams: readonly string[],
    private readonly timeoutMs: number,
  ) {
    server.on('request', (asked, response) =>
      this.#pass(asked.url ?? '/', response, upstreams.length),
    );
  }

  /** @param timeoutMs how long each of the upstreams may take (`proxy_read_timeout`) */
  static async before(upstreams: readonly string[], timeoutMs: number): Promise<ResendingProxy> {
    const port = await freePort();
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new ResendingProxy(`http://127.0.0.1:${port}`, server, upstreams, timeoutMs);
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  #pass(path: string, response: ServerResponse, tries: number): void {
    if (tries === 0) {
      this.gaveUp += 1;
      response.writeHead(GATEWAY_TIMEOUT).end();
      return;
    }
    const upstream = this.upstreams[this.#next % this.upstreams.length] ?? '';
    this.#next += 1;
    this.sent += 1;
    const onward: ClientRequest = request(upstream + path, { agent: false });
    const onGone = (): unknown => onward.destroy();
    response.once('close', onGone);
    let over = false;
    const again = (): void => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      response.off('close', onGone);
      onward.destroy();
      if (!response.destroyed) this.#pass(path, response, tries - 1);
    };
    const timer = setTimeout(again, this.timeoutMs);
    onward.once('error', again);
    onward.once('response', (answer) => {
      over = true;
      clearTimeout(timer);
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    onward.end();
  }
}
