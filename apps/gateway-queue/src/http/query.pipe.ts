import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { Problem } from './problem.ts';

/** Validates query parameters; the first violation becomes the answer. Unknown parameters are ignored. */
export const queryPipe = new ValidationPipe({
  transform: true,
  exceptionFactory: (errors: ValidationError[]) => {
    const [first] = errors;
    const [detail = 'is not valid'] = Object.values(first?.constraints ?? {});
    return Problem.invalidParameter(first?.property ?? 'query', detail);
  },
});
