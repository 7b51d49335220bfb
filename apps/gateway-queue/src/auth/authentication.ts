import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessTrail, type Credentials } from './access-trail.ts';
import { AdminTokens, type KnownToken } from './admin-tokens.ts';
import { SESSIONS, type Sessions } from '../store/store.tokens.ts';
import { addressOf } from './client-address.ts';
import { FailedAttempts } from './failed-attempts.ts';
import type { Identity } from './identity.ts';
import { refusals } from './refusals.ts';
import { mayUseCookie } from './same-origin.ts';
import { sessionSecretOf } from './session-cookie.ts';
import { hashOf } from './token-hash.ts';
import { StoreAnswers } from '../store/store-answers.ts';

const BEARER = /^Bearer +(.+)$/i;

/** Finds out who a request comes from. */
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
   * Who it comes from, by the bearer token, or without one by the session's cookie.
   *
   * @throws Problem (as a rejection) when that is nobody, or cannot be known
   */
  async identify(request: FastifyRequest, reply: FastifyReply): Promise<Identity> {
    const sent = BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (sent === undefined) return await this.#bySession(request, reply);
    const { name, role } = await this.holderOf(sent, 'bearer', reply);
    return { operator: { name, role, from: addressOf(request) }, session: null };
  }

  /**
   * Whose token it is. Too many that are nobody's lock their address out for a while.
   *
   * @throws Problem (as a rejection) when it is nobody's
   */
  async holderOf(sent: string, credentials: Credentials, reply: FastifyReply): Promise<KnownToken> {
    const from = addressOf(reply.request);
    const lockedForMs = this.attempts.lockedForMs(from);
    if (lockedForMs > 0) throw refusals.tooManyAttempts(lockedForMs, reply);
    const known = this.tokens.find(sent);
    if (known) return known;
    this.attempts.count(from);
    // Programs with an old token try it on and on; each login is somebody's own doing.
    if (credentials === 'login' || this.attempts.isNews(from)) {
      await this.trail.failed(credentials, from);
    }
    throw refusals.unauthorized(reply);
  }

  async #bySession(request: FastifyRequest, reply: FastifyReply): Promise<Identity> {
    const secret = sessionSecretOf(request);
    if (secret === undefined) throw refusals.unauthorized(reply);
    const secretHash = hashOf(secret).toString('hex');
    const session = await this.answers.fromRecords(this.sessions.find(secretHash));
    // What the holder is called and may do is in today's settings, as is whether there still is one.
    const holder = session && this.tokens.findByHash(session.tokenHash);
    if (!session || !holder) throw refusals.unauthorized(reply);
    if (!mayUseCookie(request)) throw refusals.crossSite();
    const { name, role } = holder;
    const operator = { name, role, from: addressOf(request) };
    return { operator, session: { secretHash, expiresAt: session.expiresAt } };
  }
}
