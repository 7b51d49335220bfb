import { setTimeout as sleep } from 'node:timers/promises';

import type { Callers } from './callers.ts';
import type { ApiDocument, Operation } from './document.ts';
import { type Answer, Exchange } from './exchange.ts';
import { parsed } from './answer-faults.ts';
import { type Given, sampleOf } from './sample-request.ts';
import { GIVING, WAITING } from './served-api.ts';

const SHORT = { patienceMs: 20_000 };

/** Between two reads of a list, which the service makes once a second, ms. */
const POLL_MS = 50;

/** Makes what an operation of a {@link ServedApi} names: a waiter, a permit, an earlier PUT. */
export class Prerequisites {
  readonly #exchange: Exchange;
  readonly #leaving = new AbortController();
  #shards = 0;

  constructor(
    private readonly url: string,
    private readonly document: ApiDocument,
    private readonly callers: Callers,
  ) {
    this.#exchange = new Exchange(url, 8);
  }

  /** What to call the operation with. */
  async make(operation: Operation): Promise<Given> {
    const given: Record<string, string> = {
      bot: WAITING,
      bucket: '0',
      token: this.callers.operatorToken,
    };
    if (operation.path.includes('{waiter}')) given['waiter'] = await this.#waiter();
    if (operation.path.startsWith('/v1/permits/{id}')) given['id'] = await this.#permit();
    const putting = this.document.operations.find(
      ({ method, path }) => method === 'PUT' && path === operation.path && path !== '/',
    );
    if (putting !== undefined) await this.#done(putting, given);
    return given;
  }

  /** Asks as an operator. */
  async read(path: string): Promise<unknown> {
    const headers = this.callers.headersOf('operator');
    const answer = await this.#exchange.ask({ method: 'GET', target: path, headers }, SHORT);
    if (answer?.status !== 200) throw new Error(`GET ${path} was answered ${answer?.status}`);
    return parsed(answer.body);
  }

  /** Puts a pause as an operator. */
  async pause(path: string, reason: string): Promise<void> {
    const headers = {
      ...this.callers.headersOf('operator'),
      'Content-Type': 'application/json',
    };
    const body = JSON.stringify({ reason });
    const sent = { method: 'PUT', target: path, headers, body };
    const answer = await this.#exchange.ask(sent, SHORT);
    if (answer?.status !== 200) throw new Error(`PUT ${path} was answered ${answer?.status}`);
  }

  /** All waiters hang up. */
  leave(): void {
    this.#leaving.abort();
    this.#exchange.close();
  }

  async #done(operation: Operation, given: Given): Promise<Answer> {
    const sent = sampleOf(operation, given, this.callers.headersOf('operator'));
    const answer = await this.#exchange.ask(sent, SHORT);
    if (answer === undefined || answer.status >= 300) {
      throw new Error(`${operation.name} was answered ${answer?.status} ${answer?.body}`);
    }
    return answer;
  }

  /** Resolves with its id once it waits. */
  async #waiter(): Promise<string> {
    const shard = this.#nextShard();
    const query = `bot=${WAITING}&shard=${shard}&maxWaitMs=3600000`;
    // It ends when it is evicted, or when the test does.
    void fetch(`${this.url}/v1/identify?${query}`, {
      method: 'POST',
      headers: this.callers.headersOf('queue'),
      signal: this.#leaving.signal,
    }).catch(() => undefined);
    for (;;) {
      const [id] = idsOf(await this.read(`/api/v1/bots/${WAITING}/waiters?shard=${shard}`));
      if (id !== undefined) return id;
      await sleep(POLL_MS);
    }
  }

  /** Resolves with the id of one that is still to be confirmed. */
  async #permit(): Promise<string> {
    const query = `bot=${GIVING}&shard=${this.#nextShard()}&confirm=true`;
    const answer = await this.#exchange.ask(
      {
        method: 'POST',
        target: `/v1/identify?${query}`,
        headers: this.callers.headersOf('queue'),
      },
      SHORT,
    );
    const [id] = idsOf({ items: [parsed(answer?.body ?? '')] });
    if (id === undefined) throw new Error(`No permit, but ${answer?.status} ${answer?.body}`);
    return id;
  }

  #nextShard(): number {
    this.#shards += 1;
    return this.#shards;
  }
}

function idsOf(list: unknown): string[] {
  const items: unknown =
    typeof list === 'object' && list !== null ? Reflect.get(list, 'items') : undefined;
  return (Array.isArray(items) ? items : []).flatMap((item: unknown) =>
    typeof item === 'object' && item !== null && 'id' in item ? [String(item.id)] : [],
  );
}
