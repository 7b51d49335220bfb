import type { Ask } from '../history.ts';
import type { Evidence } from './evidence.ts';
import { at, type Finding, type Violation } from './finding.ts';

/** P8: each answer is a permit of its own, which was really given, and to nobody else. */
export function checkOnce(evidence: Evidence): Finding {
  const violations: Violation[] = [];
  const complain = (ask: Ask, what: string, others: readonly number[] = []): void => {
    const request = `request ${ask.number} (${ask.bot}, shard ${ask.shard}, ${ask.path} of replica ${ask.replica})`;
    const times = `asked at ${at(ask.askedAt)}, ended at ${at(ask.endedAt)}`;
    violations.push({
      promise: 'P8',
      what: `${request} ${what}; ${times}`,
      asks: [ask.number, ...others],
    });
  };
  const firstWith = new Map<string, number>();
  for (const ask of evidence.history.asks) {
    if (ask.outcome === 'wrong') complain(ask, `was answered ${ask.detail}`);
    if (ask.outcome !== 'permit') continue;
    const first = ask.permit && firstWith.get(ask.permit.id);
    if (ask.permit && first === undefined) firstWith.set(ask.permit.id, ask.number);
    if (first !== undefined) {
      complain(ask, `had permit ${ask.permit?.id}, which another had`, [first]);
      continue;
    }
    const permit = evidence.permitOf(ask);
    if (permit === undefined) {
      if (evidence.mayBeLost(ask.endedAt) || evidence.hasLosses(ask.askedAt, ask.endedAt)) continue;
      complain(ask, 'had a permit that the store never gave');
    } else if (permit.back && !ask.released) {
      complain(ask, `had permit ${permit.id}, which was released for it`);
    }
  }
  const answered = evidence.history.asks.filter(({ outcome }) => outcome === 'permit').length;
  return { violations, figures: { answered } };
}
