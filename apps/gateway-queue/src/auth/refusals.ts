import type { Role } from '@gateway-queue/operator-records';
import type { FastifyReply } from 'fastify';
import { Problem } from '../http/problem.ts';

const MS_PER_SECOND = 1000;

/** The reasons to refuse an operator's request, each with its headers. */
export const refusals = {
  /** No credentials were sent, or wrong ones. The answer does not say which. */
  unauthorized(reply?: FastifyReply): Problem {
    reply?.header('www-authenticate', 'Bearer');
    return Problem.of(
      'unauthorized',
      'This is for operators. Send a token of ADMIN_TOKENS as "Authorization: Bearer <token>", or log in again.',
    );
  },

  forbidden(wanted: Role): Problem {
    return Problem.of(
      'forbidden',
      `This takes the role ${wanted}, which your token does not have.`,
    );
  },

  /** The route declares no access. */
  undeclared(): Problem {
    return Problem.of('forbidden', 'This route does not declare who may call it, so it is denied.');
  },

  crossSite(): Problem {
    return Problem.of(
      'cross-site',
      'Only a page of this service may do this with a session: the browser must send "Sec-Fetch-Site: same-origin", or the Origin of this service.',
    );
  },

  tooManyAttempts(forMs: number, reply?: FastifyReply): Problem {
    reply?.header('retry-after', Math.ceil(forMs / MS_PER_SECOND));
    return Problem.of(
      'too-many-attempts',
      'Too many wrong tokens came from this address. Try again when Retry-After says so.',
    );
  },
} as const;
