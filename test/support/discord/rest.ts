import type { IncomingMessage, ServerResponse } from 'node:http';

import type { FakeBot } from './bot.ts';
import { monotonicNow } from './clock.ts';
import type { DiscordLog } from './log.ts';
import type { RestBehaviour } from './rest-behaviour.ts';
import { badAnswer, errorAnswer, okAnswer, type RestAnswer } from './rest-answers.ts';

const GATEWAY_BOT = /^\/api\/v\d+\/gateway\/bot$/;

interface Reply {
  readonly bot?: FakeBot;
  readonly behaviour?: RestBehaviour['kind'];
  readonly answer: RestAnswer | 'hanging' | 'reset';
}

/** The REST side: one route, and every way in which it can go wrong. */
export class FakeRest {
  readonly #bots: readonly FakeBot[];
  readonly #log: DiscordLog;
  readonly #gatewayUrl: () => string;

  /** @param gatewayUrl asked for at each request, as the port is known only once the server listens */
  constructor(bots: readonly FakeBot[], log: DiscordLog, gatewayUrl: () => string) {
    this.#bots = bots;
    this.#log = log;
    this.#gatewayUrl = gatewayUrl;
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    const method = request.method ?? '';
    const path = (request.url ?? '').replace(/\?.*$/s, '');
    const { bot, behaviour, answer } = this.#replyTo(method, path, request.headers.authorization);
    this.#log.append({
      kind: 'rest',
      at: monotonicNow(),
      method,
      path,
      bot: bot?.name,
      behaviour,
      status: typeof answer === 'string' ? undefined : answer.status,
    });
    if (answer === 'reset') request.socket.resetAndDestroy();
    else if (answer !== 'hanging') write(response, answer);
  }

  #replyTo(method: string, path: string, authorization: string | undefined): Reply {
    if (!GATEWAY_BOT.test(path)) return { answer: errorAnswer(404, 'Not Found') };
    if (method !== 'GET') return { answer: errorAnswer(405, 'Method Not Allowed') };
    const bot = this.#bots.find(({ token }) => authorization === `Bot ${token}`);
    if (!bot || bot.tokenReset) return { answer: errorAnswer(401, 'Unauthorized') };

    const behaviour = bot.nextRest();
    return { bot, behaviour: behaviour.kind, answer: this.#answer(bot, behaviour) };
  }

  #answer(bot: FakeBot, behaviour: RestBehaviour): Reply['answer'] {
    const gatewayUrl = this.#gatewayUrl();
    const { kind } = behaviour;
    if (kind === 'ok') return okAnswer(bot.info(gatewayUrl, monotonicNow()));
    if (kind === 'hanging' || kind === 'reset') return kind;
    return badAnswer(behaviour, gatewayUrl);
  }
}

function write(response: ServerResponse, answer: RestAnswer): void {
  response.writeHead(answer.status, {
    'Content-Type': answer.contentType ?? 'application/json',
    ...answer.headers,
  });
  response.end(answer.body);
}
