import { problemResponse } from '../../http/problem-response.ts';
import { limiterUnavailable } from '../../store/store-answers.ts';

/** Documents the answer while the limiter's store is away. */
export const documentLimiterUnavailable = (): MethodDecorator & ClassDecorator =>
  problemResponse({
    description: "The limiter's store does not answer.",
    problems: [limiterUnavailable().body],
  });
