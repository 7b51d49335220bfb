export { IdentifyQueue, type IdentifyQueueOptions } from './identify-queue.ts';
export type { GivenPermit } from './waiter.ts';
