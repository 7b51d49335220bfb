import type { PermitRequest } from '../history.ts';
import type { Evidence } from './evidence.ts';
import { at, type Finding, type Violation } from './finding.ts';

/** P8, except around lost data: each request that got a permit got one that the store granted, and that no other request got. */
export function checkOnce(evidence: Evidence): Finding {
  const violations: Violation[] = [];
  const report = (request: PermitRequest, what: string, others: readonly number[] = []): void => {
    const label = `request ${request.number} (${request.bot}, shard ${request.shard}, ${request.path} of replica ${request.replica})`;
    const times = `asked at ${at(request.askedAt)}, ended at ${at(request.endedAt)}`;
    violations.push({
      promise: 'P8',
      what: `${label} ${what}; ${times}`,
      requests: [request.number, ...others],
    });
  };
  const firstWith = new Map<string, number>();
  for (const request of evidence.history.requests) {
    if (request.outcome === 'wrong') report(request, `was answered ${request.detail}`);
    if (request.outcome !== 'permit') continue;
    const first = request.permit && firstWith.get(request.permit.id);
    if (request.permit && first === undefined) firstWith.set(request.permit.id, request.number);
    if (first !== undefined) {
      report(request, `had permit ${request.permit?.id}, which another request had`, [first]);
      continue;
    }
    const permit = evidence.permitOf(request);
    if (permit === undefined) {
      if (
        evidence.mayBeLost(request.endedAt) ||
        evidence.hasLosses(request.askedAt, request.endedAt)
      )
        continue;
      report(request, 'had a permit that the store never gave');
    } else if (permit.released && !request.released) {
      report(request, `had permit ${permit.id}, which was released for it`);
    }
  }
  const answered = evidence.history.requests.filter(({ outcome }) => outcome === 'permit').length;
  return { violations, figures: { answered } };
}
