import type { Ask } from '../history.ts';
import type { Answer, NoAnswer } from './exchange.ts';

/** How much of a wrong answer is kept. */
const MAX_DETAIL = 500;

const NO_CONTENT = 204;
const NOT_FOUND = 404;

type End = Pick<Ask, 'outcome' | 'detail' | 'permit'>;

/** What an answer is to whoever asked for a permit. On `/` there is one answer, or none. */
export function endOf(path: Ask['path'], answer: Answer | NoAnswer): End {
  if ('endedBy' in answer) return { outcome: answer.endedBy === 'client' ? 'left' : 'closed' };
  const { status, body, retryAfterMs } = answer;
  if (path === '/') return status === 200 ? { outcome: 'permit' } : wrong(answer);
  // Also one that has no time to come back, or one in the past.
  const saysWhen = retryAfterMs >= 0;
  if (status === 429 && saysWhen) return { outcome: 'not-yet' };
  if (status === 503 && saysWhen) return { outcome: 'draining' };
  if (status !== 200) return wrong(answer);
  const { id, bucket }: Record<string, unknown> = JSON.parse(body);
  if (typeof id !== 'string' || typeof bucket !== 'number') return wrong(answer);
  return { outcome: 'permit', permit: { id, bucket } };
}

/** Whether what was said of a permit was taken (true) or came too late (false); undefined when it has to be said again. */
export function understood(answer: Answer | NoAnswer): boolean | undefined {
  if ('endedBy' in answer) return undefined;
  if (answer.status === NO_CONTENT) return true;
  return answer.status === NOT_FOUND ? false : undefined;
}

function wrong({ status, body, retryAfterMs }: Answer): End {
  const detail = `${status} ${body.slice(0, MAX_DETAIL)}, to be asked again in ${retryAfterMs} ms`;
  return { outcome: 'wrong', detail };
}
