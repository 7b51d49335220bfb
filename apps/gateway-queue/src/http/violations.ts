import type { ValidationError } from 'class-validator';
import { Problem } from './problem.ts';

/** What class-validator names the violation by which a member is not known. */
const UNKNOWN = 'whitelistValidation';

/** The first violation, as it is answered. */
export function problemOfViolations(violations: readonly ValidationError[]): Problem {
  const [first] = violations;
  const constraints = first?.constraints ?? {};
  const detail =
    UNKNOWN in constraints
      ? 'is not known here; leave it out, or see /docs for how it is spelt'
      : (Object.values(constraints)[0] ?? 'is not valid');
  return Problem.invalidParameter(first?.property ?? 'query', detail);
}
