import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth } from '@nestjs/swagger';
import type { Role } from '@gateway-queue/operator-records';
import { problemResponse } from '../http/problem-response.ts';
import { refusals } from './refusals.ts';
import { recordsUnavailable } from '../store/store-answers.ts';

/** What the security schemes of operators are called in the API's document. */
export const ADMIN_SCHEME = 'admin';
export const SESSION_SCHEME = 'session';

const ANY_MS = 42_000;

const RETRY_AFTER = {
  'Retry-After': {
    description: 'When to try again, in seconds from now; rounded up.',
    schema: { type: 'integer', minimum: 0 },
    example: 42,
  },
} as const;

/** Documents that there may have been too many attempts. */
export const documentTooManyAttempts = (): MethodDecorator & ClassDecorator =>
  problemResponse({
    description:
      'Too many wrong tokens came from this address; the one that was sent now was not looked at.',
    problems: [refusals.tooManyAttempts(ANY_MS).body],
    headers: RETRY_AFTER,
  });

/** Documents that records may be out of reach. */
export const documentRecordsUnavailable = (): MethodDecorator & ClassDecorator =>
  problemResponse({
    description: 'Sessions or the audit log cannot be reached.',
    problems: [recordsUnavailable().body],
  });

/** Documents what it takes to call a route that is for operators of a role, and what becomes of who does not have it. */
export function documentAccess(role: Role): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ApiBearerAuth(ADMIN_SCHEME),
    ApiCookieAuth(SESSION_SCHEME),
    problemResponse({
      description: 'No credentials were sent, or they are wrong or over.',
      problems: [refusals.unauthorized().body],
    }),
    problemResponse({
      description:
        role === 'viewer'
          ? 'A session was used from another site.'
          : 'The token is for looking only, or a session was used from another site.',
      problems:
        role === 'viewer'
          ? [refusals.crossSite().body]
          : [refusals.forbidden(role).body, refusals.crossSite().body],
    }),
    documentTooManyAttempts(),
    documentRecordsUnavailable(),
  );
}
