import { ValidationPipe } from '@nestjs/common';
import { problemOfViolations } from './violations.ts';

/**
 * Validates a JSON body; the first violation becomes the answer. A member that is not known is one: it may be a misspelt one
 * that matters.
 */
export const bodyPipe = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  exceptionFactory: problemOfViolations,
});
