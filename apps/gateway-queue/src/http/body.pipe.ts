import { ValidationPipe } from '@nestjs/common';
import { problemOfViolations } from './violations.ts';

/**
 * Validates a JSON body; the first violation becomes the answer. An unknown member is a violation: it may be a misspelt one.
 */
export const bodyPipe = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  exceptionFactory: problemOfViolations,
});
