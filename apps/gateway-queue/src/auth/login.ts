import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Session } from '@gateway-queue/operator-records';
import type { FastifyReply } from 'fastify';
import { Settings } from '../settings/settings.ts';
import { AccessTrail } from './access-trail.ts';
import { SESSIONS, type Sessions } from '../store/store.tokens.ts';
import { Authentication } from './authentication.ts';
import { addressOf } from './client-address.ts';
import type { ActingOperator, SessionInUse } from './identity.ts';
import { clearSessionCookie, setSessionCookie } from './session-cookie.ts';
import { hashOf } from './token-hash.ts';
import { StoreAnswers } from '../store/store-answers.ts';

/** As hard to guess as a key of 256 bits. */
const SECRET_BYTES = 32;

/** Begins and ends sessions. */
@Injectable()
export class Login {
  constructor(
    @Inject(Authentication) private readonly authentication: Authentication,
    @Inject(SESSIONS) private readonly sessions: Sessions,
    @Inject(AccessTrail) private readonly trail: AccessTrail,
    @Inject(StoreAnswers) private readonly answers: StoreAnswers,
    @Inject(Settings) private readonly settings: Settings,
  ) {}

  /**
   * Begins a session for the operator of this token, and sets its cookie.
   *
   * @throws Problem (as a rejection) when the token is wrong, or the session cannot be kept or written to the audit log
   */
  async begin(token: string, reply: FastifyReply): Promise<Session> {
    const { name, role, hash } = await this.authentication.holderOf(token, 'login', reply);
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    const secretHash = hashOf(secret).toString('hex');
    const ttlMs = this.settings.sessionTtlMs;
    const session = await this.answers.fromRecords(
      this.sessions.begin(secretHash, { name, role, tokenHash: hash }, ttlMs),
    );
    try {
      await this.trail.loggedIn({ name, role }, addressOf(reply.request));
    } catch (error) {
      // The secret was never sent, so the session is of no use.
      await this.sessions.end(secretHash).catch(() => false);
      throw error;
    }
    setSessionCookie(reply, secret, ttlMs);
    return session;
  }

  /**
   * Ends a session for good, and deletes its cookie.
   *
   * @throws Problem (as a rejection) when it could not be ended
   */
  async end(operator: ActingOperator, session: SessionInUse, reply: FastifyReply): Promise<void> {
    await this.answers.fromRecords(this.sessions.end(session.secretHash));
    clearSessionCookie(reply);
    await this.trail.loggedOut(operator, operator.from);
  }
}
