import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  Inject,
  Logger,
  NotFoundException,
  ServiceUnavailableException,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowedMethods } from './allowed-methods.ts';
import { problemOfBody } from './body-errors.ts';
import { Problem, PROBLEM_TYPE } from './problem.ts';

/** Answers every error as `application/problem+json`. An unexpected error goes to the log, not to the client. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(@Inject(AllowedMethods) private readonly allowedMethods: AllowedMethods) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    // A failing health check: @nestjs/terminus throws its report, which has its own format.
    if (error instanceof ServiceUnavailableException) {
      await reply.status(error.getStatus()).send(error.getResponse());
      return;
    }
    const { body } =
      error instanceof NotFoundException
        ? this.#missed(http.getRequest<FastifyRequest>(), reply)
        : this.#problemOf(error);
    await reply.status(body.status).type(PROBLEM_TYPE).send(JSON.stringify(body));
  }

  /** No route has this path and method. */
  #missed({ method, url }: FastifyRequest, reply: FastifyReply): Problem {
    const allowed = this.allowedMethods.at(url);
    // Where the method is right, a part of the path is not.
    if (allowed.length === 0 || allowed.includes(method)) return Problem.notFound();
    reply.header('allow', allowed.join(', '));
    return Problem.methodNotAllowed(allowed);
  }

  #problemOf(error: unknown): Problem {
    if (error instanceof Problem) return error;
    const problem = problemOfBody(error);
    if (problem) return problem;
    this.logger.error(error);
    return Problem.internalError();
  }
}
