import type { PermitRequest } from '../history.ts';
import type { Answer, NoAnswer } from './exchange.ts';

/** How many characters of a wrong answer are kept. */
const MAX_DETAIL = 500;

const NO_CONTENT = 204;
const NOT_FOUND = 404;

type End = Pick<PermitRequest, 'outcome' | 'detail' | 'permit'>;

/** What an answer means to the client that asked for a permit. On `/` any answer other than 200 is wrong. */
export function outcomeOf(path: PermitRequest['path'], answer: Answer | NoAnswer): End {
  if ('endedBy' in answer) return { outcome: answer.endedBy === 'client' ? 'left' : 'closed' };
  const { status, body, retryAfterMs } = answer;
  if (path === '/') return status === 200 ? { outcome: 'permit' } : wrong(answer);
  // An answer without a retry time, or with one in the past, is wrong.
  const saysWhen = retryAfterMs >= 0;
  if (status === 429 && saysWhen) return { outcome: 'not-yet' };
  if (status === 503 && saysWhen) return { outcome: 'draining' };
  if (status !== 200) return wrong(answer);
  const { id, bucket }: Record<string, unknown> = JSON.parse(body);
  if (typeof id !== 'string' || typeof bucket !== 'number') return wrong(answer);
  return { outcome: 'permit', permit: { id, bucket } };
}

/** Whether a confirm or release was accepted (true) or came too late (false); undefined when it has to be sent again. */
export function wasAccepted(answer: Answer | NoAnswer): boolean | undefined {
  if ('endedBy' in answer) return undefined;
  if (answer.status === NO_CONTENT) return true;
  return answer.status === NOT_FOUND ? false : undefined;
}

function wrong({ status, body, retryAfterMs }: Answer): End {
  const detail = `${status} ${body.slice(0, MAX_DETAIL)}, to be asked again in ${retryAfterMs} ms`;
  return { outcome: 'wrong', detail };
}
