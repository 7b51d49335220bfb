import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  Logger,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Role } from '@gateway-queue/operator-records';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CLOCK, type Clock } from '../store/store.tokens.ts';
import { LogThrottle } from '../logs/log-throttle.ts';
import { ACCESS, type AccessLevel, suffices } from './access-level.ts';
import { Authentication } from './authentication.ts';
import { noteIdentity } from './identity.ts';
import { refusals } from './refusals.ts';

/** Admits a request as the route's {@link ACCESS} says. A route without one is denied to every client. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly logger = new Logger(AccessGuard.name);
  /** One line for each route, until the process ends: only a developer can mend such a route. */
  readonly #undeclared: LogThrottle;

  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Authentication) private readonly authentication: Authentication,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#undeclared = new LogThrottle(clock, Infinity);
  }

  /** Returns without a promise on routes for shards: their requests must not wait. */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const declared = [context.getHandler(), context.getClass()];
    const level = this.reflector.getAllAndOverride<AccessLevel | undefined>(ACCESS, declared);
    if (level === 'public' || level === 'queue') return true;
    if (level !== undefined) return this.#admit(context, level);
    this.#reportUndeclared(context);
    throw refusals.undeclared();
  }

  async #admit(context: ExecutionContext, wanted: Role): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    // No cache on the way may keep what an operator sees.
    reply.header('cache-control', 'no-store');
    const identity = await this.authentication.identify(request, reply);
    if (!suffices(identity.operator.role, wanted)) throw refusals.forbidden(wanted);
    noteIdentity(request, identity);
    return true;
  }

  #reportUndeclared(context: ExecutionContext): void {
    const route = `${context.getClass().name}.${context.getHandler().name}`;
    if (!this.#undeclared.isDue(route)) return;
    this.logger.error({ route }, 'A route has no @Access, so every request to it is denied');
  }
}
