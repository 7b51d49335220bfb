import type { History } from '../history.ts';
import { checkBudget } from './budget.ts';
import { checkExits } from './exits.ts';
import { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { checkGhosts } from './ghosts.ts';
import { checkIdentifies } from './identifies.ts';
import { checkLateness } from './lateness.ts';
import { checkOnce } from './once.ts';
import { checkOrder } from './order.ts';
import { checkPauses } from './pauses.ts';
import { checkServed } from './served.ts';
import { checkSpacing } from './spacing.ts';

const CHECKS: readonly ((evidence: Evidence) => Finding)[] = [
  checkSpacing,
  checkIdentifies,
  checkBudget,
  checkOrder,
  checkGhosts,
  checkPauses,
  checkOnce,
  checkLateness,
  checkServed,
  checkExits,
];

/** Checks a history against every promise. The checks share no code with the limiter or the queue. */
export function check(history: History): Required<Finding> {
  const evidence = new Evidence(history);
  const findings = CHECKS.map((checkOne) => checkOne(evidence));
  return {
    violations: findings.flatMap(({ violations }) => violations),
    figures: Object.assign({}, ...findings.map(({ figures }) => figures)),
  };
}
