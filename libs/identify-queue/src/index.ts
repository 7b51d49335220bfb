export { EvictedError } from './evicted-error.ts';
export {
  IdentifyQueue,
  type IdentifyQueueOptions,
  type IdentifyRequest,
} from './identify-queue.ts';
export type { BotHoldView, HoldView } from './hold-view.ts';
export type { BotLineView, HeadView, LineView, OldestView } from './line-view.ts';
export { type Estimate, WaitOverError } from './estimate.ts';
export type { GivenPermit } from './waiter.ts';
