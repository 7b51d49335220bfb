import { answerFaults, codeOf, parsed } from './answer-faults.ts';
import { CANARY } from './canary.ts';
import type { Operation } from './document.ts';
import {
  type Answer,
  Exchange,
  type ExchangeOptions,
  LostConnection,
  type SentRequest,
} from './exchange.ts';
import { isAsDocumented, isRoutable } from './expected-answer.ts';
import type { Faults } from './json-schema.ts';
import type { KnownValues } from './known-values.ts';
import type { Credentials, Plan } from './plan.ts';
import { type Call, callOf, requestOf } from './send-plan.ts';
import { Tally } from './tally.ts';

/** Codes that say that it was asked wrongly. */
const WRONG: ReadonlySet<string> = new Set([
  'invalid-parameter',
  'malformed-body',
  'body-too-large',
  'unsupported-media-type',
]);

/** What the service reads of a request line and headers (64 KiB), less what Node adds here; past it, it closes the connection. */
const MAX_HEAD_BYTES = 65_000;

export interface RandomRunOptions {
  readonly url: string;
  /** Requests at a time. */
  readonly connections: number;
  readonly known: KnownValues;
  /** The headers that show who asks; `from` is the address that it seems to come from. */
  readonly credentials: (who: Credentials, from: string) => Readonly<Record<string, string>>;
  /** How long an answer may take, and where the client stops reading it. */
  readonly exchange: (operation: Operation) => ExchangeOptions;
  /** Whether the requests of an operation may be held, so that the client hangs up. */
  readonly isHeld: (operation: Operation) => boolean;
  /** Told every answer, before the next request of the same operation. @returns what else is wrong with it */
  readonly onAnswer: (operation: Operation, answer: Answer) => Promise<Faults>;
}

/** Plays planned requests, and holds each answer against the document. */
export class RandomRun {
  readonly tally = new Tally();
  readonly #exchange: Exchange;

  constructor(private readonly options: RandomRunOptions) {
    this.#exchange = new Exchange(options.url, options.connections);
  }

  /** Plays one. @throws Error (as a rejection) that shows request and answer, when the answer is not as documented */
  async play(operation: Operation, plan: Plan): Promise<void> {
    const { credentials, exchange, isHeld, known, onAnswer } = this.options;
    const call = callOf(plan, known);
    const sent = requestOf(operation, call, credentials(plan.credentials, plan.from));
    const answer = await this.#exchange
      .ask(sent, exchange(operation))
      .catch((error: unknown) => closedOn(sent, error));
    this.tally.count(operation.name, answer?.status);
    if (answer === undefined) {
      // Nor is there one for who is evicted from `/`, or cannot come to an end.
      if (!isHeld(operation) && headBytes(sent) < MAX_HEAD_BYTES)
        throw fault(['there was no answer'], sent, answer);
      return;
    }
    const faults = [
      ...(await onAnswer(operation, answer)),
      ...secretFaults(answer),
      ...judge(operation, call, answer),
    ];
    if (faults.length > 0) throw fault(faults, sent, answer);
  }

  close(): void {
    this.#exchange.close();
  }
}

/** At most so many: names, values and what stands between them. */
function headBytes({ headers, method, target }: SentRequest): number {
  return method.length + target.length + JSON.stringify(headers).length;
}

/** @throws the error, when it is another than that the service closed the connection */
function closedOn(sent: SentRequest, error: unknown): undefined {
  if (!(error instanceof LostConnection)) throw fault([String(error)], sent, undefined);
}

function judge(operation: Operation, call: Call, answer: Answer): Faults {
  const code = codeOf(parsed(answer.body));
  const routable = isRoutable(call);
  if (routable !== true && answer.status === 404 && code === 'not-found') return [];
  if (routable === false) return [`there is nothing there, but ${answer.status}`];
  return [
    ...answerFaults(operation, answer),
    ...verdictFaults(isAsDocumented(operation, call), answer.status, code),
  ];
}

/** What is asked as documented is not called wrong, and what is not is not done. */
function verdictFaults(isRight: boolean | undefined, status: number, code: string): Faults {
  if (isRight === false && status < 400) return ['it is not as documented, and was done'];
  if (isRight === true && WRONG.has(code)) return [`it is as documented, and was called ${code}`];
  return [];
}

/** The tokens that are sent with requests, too, have the canary in them. */
function secretFaults({ body, headers }: Answer): Faults {
  return `${body}${JSON.stringify(headers)}`.includes(CANARY) ? ['a secret is in the answer'] : [];
}

function fault(faults: Faults, sent: SentRequest, answer: Answer | undefined): Error {
  const body = sent.body === undefined ? undefined : String(sent.body);
  return new Error(
    [
      ...faults,
      `asked: ${JSON.stringify({ ...sent, body })}`,
      `answer: ${JSON.stringify(answer)}`,
    ].join('\n'),
  );
}
