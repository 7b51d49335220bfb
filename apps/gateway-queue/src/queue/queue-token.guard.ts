import { timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hashOf } from '../auth/token-hash.ts';
import { bearerToken } from '../http/bearer-token.ts';
import { Problem } from '../http/problem.ts';
import { Settings } from '../settings/settings.ts';

/** Admits requests with `QUEUE_TOKEN` as a bearer token, and all requests when it is not set. */
@Injectable()
export class QueueTokenGuard implements CanActivate {
  readonly #expected: Buffer | undefined;

  constructor(@Inject(Settings) { queueToken }: Settings) {
    this.#expected = queueToken && hashOf(queueToken.reveal());
  }

  canActivate(context: ExecutionContext): boolean {
    if (this.#expected === undefined) return true;
    const http = context.switchToHttp();
    const sent = bearerToken(http.getRequest<FastifyRequest>().headers.authorization);
    // The comparison needs equal lengths, which hashes have.
    if (sent !== undefined && timingSafeEqual(hashOf(sent), this.#expected)) return true;
    http.getResponse<FastifyReply>().header('www-authenticate', 'Bearer');
    throw Problem.unauthorized();
  }
}
