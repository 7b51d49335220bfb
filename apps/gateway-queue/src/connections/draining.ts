import { Injectable } from '@nestjs/common';

/** Whether the process is on its way out. It takes nothing new then, and there is no way back. */
@Injectable()
export class Draining {
  #begun = false;

  get isDraining(): boolean {
    return this.#begun;
  }

  /** From now on readiness fails. Doing it again changes nothing. */
  begin(): void {
    this.#begun = true;
  }
}
