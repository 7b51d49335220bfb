import type { OperatorRecords } from '@gateway-queue/operator-records';
import type { Limiter } from './store.tokens.ts';

/** What the service keeps, and how to end it. */
export abstract class OpenedStore {
  abstract readonly limiter: Limiter;
  abstract readonly records: OperatorRecords;

  /** To be called when nobody asks any more. Never takes longer than a few seconds. */
  abstract close(): Promise<void>;
}
