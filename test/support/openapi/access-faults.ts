import type { Verdict } from './access-rule.ts';
import { answerFaults, codeOf, parsed } from './answer-faults.ts';
import type { Operation } from './document.ts';
import type { Answer } from './exchange.ts';

/** What is wrong with the answer to a caller of whom this is the verdict. */
export function accessFaults(
  operation: Operation,
  verdict: Verdict,
  answer: Answer | undefined,
): string[] {
  if (answer === undefined) return ['there was no answer'];
  const faults = [...answerFaults(operation, answer)];
  const { body, headers, status } = answer;
  if (verdict === 'let in') {
    if (status >= 300) faults.push(`was answered ${status} ${body}`);
    return faults;
  }
  if (status !== (verdict === 'unauthorized' ? 401 : 403)) faults.push(`was answered ${status}`);
  if (operation.method !== 'HEAD' && codeOf(parsed(body)) !== verdict) faults.push(body);
  if (status === 401 && headers['www-authenticate'] !== 'Bearer') {
    faults.push('it is not said which credentials are asked for');
  }
  return faults;
}

/** A GET of operators has a HEAD, which the document does not name. */
export function withHeads(operations: readonly Operation[]): Operation[] {
  return operations.flatMap((operation) => {
    const { method, path } = operation;
    if (method !== 'GET' || !path.startsWith('/api/')) return [operation];
    return [operation, { ...operation, method: 'HEAD', name: `HEAD ${path}` }];
  });
}
