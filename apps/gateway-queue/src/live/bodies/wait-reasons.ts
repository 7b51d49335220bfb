import type { WaitReason } from '@gateway-queue/identify-queue';

/** Every reason there is; a new one does not compile until it stands here. */
const KNOWN: Readonly<Record<WaitReason, true>> = {
  paused: true,
  budget: true,
  'crash-loop': true,
  interval: true,
  line: true,
  'limits-unknown': true,
  'limiter-unavailable': true,
};

/** Why a line may not move. */
export const REASONS: readonly string[] = Object.keys(KNOWN);
