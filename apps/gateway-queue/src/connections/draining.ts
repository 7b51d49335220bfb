import { Injectable } from '@nestjs/common';

/** Whether the service is shutting down. It then takes no new requests, and there is no way back. */
@Injectable()
export class Draining {
  #begun = false;

  get isDraining(): boolean {
    return this.#begun;
  }

  /** Begins the shutdown: readiness fails from now on. Calling it again changes nothing. */
  begin(): void {
    this.#begun = true;
  }
}
