import { createHash, timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.ts';
import { Settings } from '../settings/settings.ts';

const BEARER = /^Bearer +(.+)$/i;

/** Admits requests with `QUEUE_TOKEN` as a bearer token, and all requests when it is not set. */
@Injectable()
export class QueueTokenGuard implements CanActivate {
  readonly #expected: Buffer | undefined;

  constructor(@Inject(Settings) { queueToken }: Settings) {
    this.#expected = queueToken && digest(queueToken.reveal());
  }

  canActivate(context: ExecutionContext): boolean {
    if (this.#expected === undefined) return true;
    const http = context.switchToHttp();
    const { authorization = '' } = http.getRequest<FastifyRequest>().headers;
    const sent = BEARER.exec(authorization)?.[1];
    // The comparison needs equal lengths, which digests have.
    if (sent !== undefined && timingSafeEqual(digest(sent), this.#expected)) return true;
    http.getResponse<FastifyReply>().header('www-authenticate', 'Bearer');
    throw Problem.unauthorized();
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
