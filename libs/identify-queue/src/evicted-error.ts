/** A wait that an operator has ended. No place is kept. */
export class EvictedError extends Error {
  override readonly name = 'EvictedError';

  constructor() {
    super('An operator has ended this wait');
  }
}
