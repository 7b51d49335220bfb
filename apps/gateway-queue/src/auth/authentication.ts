import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessTrail, type Credentials } from './access-trail.ts';
import { AdminTokens, type KnownToken } from './admin-tokens.ts';
import { SESSIONS, type Sessions } from '../store/store.tokens.ts';
import { bearerToken } from '../http/bearer-token.ts';
import { addressOf } from './client-address.ts';
import { FailedAttempts } from './failed-attempts.ts';
import type { Identity } from './identity.ts';
import { refusals } from './refusals.ts';
import { mayUseCookie } from './same-origin.ts';
import { sessionSecretOf } from './session-cookie.ts';
import { hashOf } from './token-hash.ts';
import { StoreAnswers } from '../store/store-answers.ts';

/** Finds the operator that a request comes from. */
@Injectable()
export class Authentication {
  constructor(
    @Inject(AdminTokens) private readonly tokens: AdminTokens,
    @Inject(SESSIONS) private readonly sessions: Sessions,
    @Inject(FailedAttempts) private readonly attempts: FailedAttempts,
    @Inject(AccessTrail) private readonly trail: AccessTrail,
    @Inject(StoreAnswers) private readonly answers: StoreAnswers,
  ) {}

  /**
   * The operator by the bearer token, or without one by the session's cookie.
   *
   * @throws Problem (as a rejection) when there is no such operator, or the sessions cannot be read
   */
  async identify(request: FastifyRequest, reply: FastifyReply): Promise<Identity> {
    const sent = bearerToken(request.headers.authorization);
    if (sent === undefined) return await this.#bySession(request, reply);
    const { name, role } = await this.holderOf(sent, 'bearer', reply);
    return { operator: { name, role, from: addressOf(request) }, session: null };
  }

  /**
   * The operator whose token it is. Too many wrong tokens lock their address out for a while.
   *
   * @throws Problem (as a rejection) when it is no operator's, or the address is locked out
   */
  async holderOf(sent: string, credentials: Credentials, reply: FastifyReply): Promise<KnownToken> {
    const from = addressOf(reply.request);
    const lockedForMs = this.attempts.lockedForMs(from);
    if (lockedForMs > 0) throw refusals.tooManyAttempts(lockedForMs, reply);
    const known = this.tokens.find(sent);
    if (known) return known;
    this.attempts.count(from);
    // A program with an old token sends it again and again. A login is an act of a person.
    if (credentials === 'login' || this.attempts.isToReport(from)) {
      await this.trail.failed(credentials, from);
    }
    throw refusals.unauthorized(reply);
  }

  async #bySession(request: FastifyRequest, reply: FastifyReply): Promise<Identity> {
    const secret = sessionSecretOf(request);
    if (secret === undefined) throw refusals.unauthorized(reply);
    const secretHash = hashOf(secret).toString('hex');
    const session = await this.answers.fromRecords(this.sessions.find(secretHash));
    // The settings of today decide whether the token still exists, and which name and role it has.
    const holder = session && this.tokens.findByHash(session.tokenHash);
    if (!session || !holder) throw refusals.unauthorized(reply);
    if (!mayUseCookie(request)) throw refusals.crossSite();
    const { name, role } = holder;
    const operator = { name, role, from: addressOf(request) };
    return { operator, session: { secretHash, expiresAt: session.expiresAt } };
  }
}
