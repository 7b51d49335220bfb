import { ValidationPipe } from '@nestjs/common';
import { problemOfViolations } from './violations.ts';

/** Validates query parameters; the first violation becomes the answer. Unknown parameters are ignored. */
export const queryPipe = new ValidationPipe({
  transform: true,
  exceptionFactory: problemOfViolations,
});
