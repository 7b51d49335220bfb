import type { Role } from '@gateway-queue/operator-records';
import type { FastifyReply } from 'fastify';
import { Problem } from '../http/problem.ts';

const MS_PER_SECOND = 1000;

/** Ways not to be let in, each with the headers that belong to it. */
export const refusals = {
  /** Of who sends no credentials, or wrong ones; which of the two is not told apart. */
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

  /** Of a route that nobody gave an access. */
  undeclared(): Problem {
    return Problem.of('forbidden', 'It is not said who may do this, so nobody may.');
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
