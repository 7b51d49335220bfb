import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type ActingOperator, identityOf } from './identity.ts';

/** Gives a controller the {@link ActingOperator}, on routes with the access `viewer` or `operator`. */
export const CurrentOperator = createParamDecorator(
  (_data: unknown, context: ExecutionContext): ActingOperator =>
    identityOf(context.switchToHttp().getRequest<FastifyRequest>()).operator,
);
