import { ReasonIfAny } from './reason.ts';

/** Why something is undone. */
export class ReasonQuery {
  @ReasonIfAny()
  readonly reason?: string;
}
