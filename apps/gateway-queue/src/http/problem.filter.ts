import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  Logger,
  NotFoundException,
  ServiceUnavailableException,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { problemOfBody } from './body-errors.ts';
import { Problem, PROBLEM_TYPE } from './problem.ts';

/** Answers every error as `application/problem+json`. An unexpected error goes to the log, not to the client. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    // A failing health check: @nestjs/terminus throws its report, which has its own format.
    if (error instanceof ServiceUnavailableException) {
      await reply.status(error.getStatus()).send(error.getResponse());
      return;
    }
    const { body } = this.#problemOf(error);
    await reply.status(body.status).type(PROBLEM_TYPE).send(JSON.stringify(body));
  }

  #problemOf(error: unknown): Problem {
    if (error instanceof Problem) return error;
    if (error instanceof NotFoundException) return Problem.notFound();
    const problem = problemOfBody(error);
    if (problem) return problem;
    this.logger.error(error);
    return Problem.internalError();
  }
}
