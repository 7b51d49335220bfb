import { parsed } from './answer-faults.ts';
import type { Operation } from './document.ts';
import type { Answer } from './exchange.ts';
import type { KnownValues } from './known-values.ts';

/** Which parameter takes what an answer tells: from the items of a list, or from the answer itself. */
const TOLD: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'POST /v1/identify': { id: 'id' },
  'GET /api/v1/bots/{bot}/waiters': { id: 'waiter', next: 'after' },
  'GET /api/v1/audit': { id: 'before', next: 'before' },
};

/** Notes what an answer tells of what is there, so that later requests can ask for it. */
export function learnFrom(operation: Operation, answer: Answer, known: KnownValues): void {
  const { etag } = answer.headers;
  if (etag !== undefined) known.learn('If-Match', etag);
  const told = TOLD[operation.name];
  if (told === undefined || answer.status !== 200) return;
  const body = parsed(answer.body);
  const items = member(body, 'items');
  for (const one of [body, ...(Array.isArray(items) ? items : [])]) {
    for (const [name, parameter] of Object.entries(told)) {
      const value = member(one, name);
      if (typeof value === 'string' || typeof value === 'number') {
        known.learn(parameter, String(value));
      }
    }
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
