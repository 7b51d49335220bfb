import type { Step } from './step.ts';

/** Permits are numbered in the order in which they are given. */
let permits = 0;

function permitFor(query: URLSearchParams): Record<string, unknown> {
  permits += 1;
  const confirm = query.get('confirm') === 'true';
  return {
    id: `permit-${permits}`,
    bot: query.get('bot') ?? 'default',
    shard: Number(query.get('shard')),
    bucket: 0,
    grantedAt: '2026-01-01T00:00:00.000Z',
    waitedMs: 12,
    ...(confirm && { confirmBy: '2026-01-01T00:00:10.000Z' }),
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** What a queue, or a proxy in front of it, may do with a request. */
export const answers = {
  /** A permit for the request, with these changes to its body. */
  permit:
    (changes: Record<string, unknown> = {}): Step =>
    ({ query, response }) => {
      response.writeHead(200, JSON_TYPE).end(JSON.stringify({ ...permitFor(query), ...changes }));
    },
  /** The head of a permit's answer and half of its body. `finish` sends the rest. */
  halfPermit(): { step: Step; finish: () => void } {
    let finish: (() => void) | undefined;
    const step: Step = ({ query, response }) => {
      const body = JSON.stringify(permitFor(query));
      response.writeHead(200, { ...JSON_TYPE, 'content-length': Buffer.byteLength(body) });
      response.write(body.slice(0, 20));
      finish = () => void response.end(body.slice(20));
    };
    return { step, finish: () => finish?.() };
  },
  status:
    (status: number, headers: Record<string, string> = {}, body = ''): Step =>
    ({ response }) => {
      response.writeHead(status, headers).end(body);
    },
  problem: (status: number, code: string, detail?: string): Step =>
    answers.status(
      status,
      { 'content-type': 'application/problem+json' },
      JSON.stringify({ status, code, detail, title: 'Refused' }),
    ),
  /** Closes the connection without an answer. */
  drop:
    (): Step =>
    ({ response }) => {
      response.destroy();
    },
  /** Closes the connection in the middle of a permit. */
  breakOff:
    (): Step =>
    ({ response }) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-length': '500' });
      response.write('{"id":"permit-', () => response.destroy());
    },
  /** Never answers. */
  hang: (): Step => () => undefined,
  /** A body that never ends. */
  flood:
    (): Step =>
    ({ response }) => {
      const pour = (): void => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      };
      response.writeHead(200, JSON_TYPE).on('drain', pour);
      pour();
    },
};
