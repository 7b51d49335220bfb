import { ReasonIfAny } from './reason.ts';

/** Why an operator undoes something. */
export class ReasonQuery {
  @ReasonIfAny()
  readonly reason?: string;
}
