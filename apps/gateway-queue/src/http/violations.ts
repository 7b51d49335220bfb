import type { ValidationError } from 'class-validator';
import { Problem } from './problem.ts';

/** class-validator's name for the violation of an unknown member. */
const UNKNOWN = 'whitelistValidation';

/** The problem that answers a request with these violations: that of the first one. */
export function problemOfViolations(violations: readonly ValidationError[]): Problem {
  const [first] = violations;
  const constraints = first?.constraints ?? {};
  const detail =
    UNKNOWN in constraints
      ? 'is not known here; leave it out, or see /docs for how it is spelt'
      : (Object.values(constraints)[0] ?? 'is not valid');
  return Problem.invalidParameter(first?.property ?? 'query', detail);
}
