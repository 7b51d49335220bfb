import type { GivenPermit, Outlook } from '@gateway-queue/identify-queue';
import type { FastifyReply } from 'fastify';
import { Problem, type ProblemBody, PROBLEM_TYPE } from '../../http/problem.ts';
import type { Answers, TurnedAway } from '../answers.ts';
import { deliver } from '../deliver.ts';
import { toNotYetBody } from './not-yet.body.ts';
import { toPermitBody } from './permit.body.ts';
import { absenceFor, absenceOfTurnedAway, setRetryAfter } from './retry-after.ts';

const TURNED_AWAY: Readonly<Record<TurnedAway, string>> = {
  full: 'As many requests are held as may be. Ask again.',
  draining:
    'This replica is shutting down. Ask again, and another one answers; a place in line is kept.',
  evicted: 'An operator has ended this wait; no place in line is kept.',
};

/** What is said to who is turned away. */
export function turnedAwayProblem(why: TurnedAway): Problem {
  return Problem.of(why, TURNED_AWAY[why]);
}

/** How `/v1` ends a request: always in words. */
export function v1Answers(wallNow: () => number): Answers {
  return {
    whenSentAway: 'answer',
    granted: (reply: FastifyReply, permit: GivenPermit) =>
      deliver(reply, Buffer.from(JSON.stringify(toPermitBody(permit, wallNow())))),
    turnedAway(reply: FastifyReply, why: TurnedAway) {
      setRetryAfter(reply, absenceOfTurnedAway(Math.random()));
      sendProblem(reply, turnedAwayProblem(why).body);
    },
    notYet(reply: FastifyReply, outlook: Outlook) {
      setRetryAfter(reply, absenceFor(outlook));
      sendProblem(reply, toNotYetBody(outlook));
    },
  };
}

function sendProblem(reply: FastifyReply, body: ProblemBody): void {
  void reply.status(body.status).type(PROBLEM_TYPE).send(JSON.stringify(body));
}
