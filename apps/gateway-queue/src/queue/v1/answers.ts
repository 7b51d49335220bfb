import type { GivenPermit, Estimate } from '@gateway-queue/identify-queue';
import type { FastifyReply } from 'fastify';
import { Problem, type ProblemBody, PROBLEM_TYPE } from '../../http/problem.ts';
import type { Answers, NoPermitReason } from '../holding.ts';
import { deliver } from '../response.ts';
import { toNotYetBody } from './not-yet.body.ts';
import { toPermitBody } from './permit.body.ts';
import { retryInLineMs, retryWithoutPermitMs, setRetryAfter } from './retry-after.ts';

const DETAILS: Readonly<Record<NoPermitReason, string>> = {
  full: 'This replica holds as many requests as it may. Ask again.',
  draining:
    'This replica is shutting down. Ask again, and another one answers; the place in line is kept.',
  evicted: 'An operator has ended this wait; no place in line is kept.',
};

/** The problem that answers a request which ends without a permit. */
export function noPermitProblem(reason: NoPermitReason): Problem {
  return Problem.of(reason, DETAILS[reason]);
}

/**
 * How `/v1` answers a request: always in words.
 *
 * @param wallNow ms since the Unix epoch
 */
export function v1Answers(wallNow: () => number): Answers {
  return {
    whenDraining: 'answer',
    granted: (reply: FastifyReply, permit: GivenPermit) =>
      deliver(reply, Buffer.from(JSON.stringify(toPermitBody(permit, wallNow())))),
    withoutPermit(reply: FastifyReply, reason: NoPermitReason) {
      setRetryAfter(reply, retryWithoutPermitMs(Math.random()));
      sendProblem(reply, noPermitProblem(reason).body);
    },
    notYet(reply: FastifyReply, estimate: Estimate) {
      setRetryAfter(reply, retryInLineMs(estimate));
      sendProblem(reply, toNotYetBody(estimate));
    },
  };
}

function sendProblem(reply: FastifyReply, body: ProblemBody): void {
  void reply.status(body.status).type(PROBLEM_TYPE).send(JSON.stringify(body));
}
