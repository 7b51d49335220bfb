import { problemResponse } from '../../http/problem-response.ts';
import { limiterUnavailable } from '../../store/store-answers.ts';

/** Documents that the limiter's store may be away. */
export const documentLimiterUnavailable = (): MethodDecorator & ClassDecorator =>
  problemResponse({
    description: "The limiter's store does not answer.",
    problems: [limiterUnavailable().body],
  });
