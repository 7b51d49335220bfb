import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth } from '@nestjs/swagger';
import type { Role } from '@gateway-queue/operator-records';
import { problemResponse } from '../http/problem-response.ts';
import { refusals } from './refusals.ts';
import { recordsUnavailable } from '../store/store-answers.ts';

/** The names of the operators' security schemes in the API's document. */
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

/** Documents the refusal after too many wrong tokens. */
export const documentTooManyAttempts = (): MethodDecorator & ClassDecorator =>
  problemResponse({
    description:
      'Too many wrong tokens came from this address; the token of this request was not checked.',
    problems: [refusals.tooManyAttempts(ANY_MS).body],
    headers: RETRY_AFTER,
  });

/** Documents the answer while the records cannot be reached. */
export const documentRecordsUnavailable = (): MethodDecorator & ClassDecorator =>
  problemResponse({
    description: 'Sessions or the audit log cannot be reached.',
    problems: [recordsUnavailable().body],
  });

/** Documents the credentials for a route that needs a role, and the refusals. */
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
          : 'A viewer may not do this, or a session was used from another site.',
      problems:
        role === 'viewer'
          ? [refusals.crossSite().body]
          : [refusals.forbidden(role).body, refusals.crossSite().body],
    }),
    documentTooManyAttempts(),
    documentRecordsUnavailable(),
  );
}
