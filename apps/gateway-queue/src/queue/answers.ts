import type { GivenPermit, Outlook } from '@gateway-queue/identify-queue';
import type { FastifyReply } from 'fastify';

/** Why a request has no permit: there is no room, the service shuts down, or an operator has ended its wait. */
export type TurnedAway = 'full' | 'draining' | 'evicted';

/** How an endpoint ends a request that asks for a permit. */
export interface Answers {
  /** What becomes of it while it is held and the service shuts down: its connection is closed, or it is answered. */
  readonly whenSentAway: 'close' | 'answer';
  /** Resolves to whether the answer was handed to the operating system while the connection stood. */
  granted(reply: FastifyReply, permit: GivenPermit): Promise<boolean>;
  /** @param close closes the connection without an answer, once those before are answered */
  turnedAway(reply: FastifyReply, why: TurnedAway, close: () => void): void;
  /** It waited for as long as it wanted to. Only for those that limit their wait. */
  notYet?(reply: FastifyReply, outlook: Outlook): void;
}
