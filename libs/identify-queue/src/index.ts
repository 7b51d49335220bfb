export {
  IdentifyQueue,
  type IdentifyQueueOptions,
  type IdentifyRequest,
} from './identify-queue.ts';
export type { GivenPermit } from './waiter.ts';
