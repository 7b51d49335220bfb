import {
  DEAD_AFTER_MS,
  MARGIN_BACK_MS,
  MARGIN_STEP_MS,
  MAX_MARGIN_MS,
  PERMIT_KEEP_MS,
  REFUSALS_SHOWN_MS,
  REFUSALS_WITHIN_MS,
  REFUSED_WITHIN_MS,
  RESET_SLACK_MS,
  SESSION_WINDOW_MS,
  SETTLE_MS,
  UNCOUNTED_MS,
} from '@gateway-queue/identify-limiter';
import { toMicroseconds } from './microseconds.ts';

/** Stands for "no shard named" and for "the whole bot" where Redis needs a number. */
export const NONE = -1;

/** The numbers that the limiter's scripts go by. Times in microseconds. */
export const LUA_CONSTANTS = {
  NONE,
  SESSION_WINDOW: toMicroseconds(SESSION_WINDOW_MS),
  UNCOUNTED: toMicroseconds(UNCOUNTED_MS),
  RESET_SLACK: toMicroseconds(RESET_SLACK_MS),
  PERMIT_KEEP: toMicroseconds(PERMIT_KEEP_MS),
  SETTLE: toMicroseconds(SETTLE_MS),
  DEAD_AFTER: toMicroseconds(DEAD_AFTER_MS),
  REFUSED_WITHIN: toMicroseconds(REFUSED_WITHIN_MS),
  REFUSALS_WITHIN: toMicroseconds(REFUSALS_WITHIN_MS),
  REFUSALS_SHOWN: toMicroseconds(REFUSALS_SHOWN_MS),
  MARGIN_STEP: toMicroseconds(MARGIN_STEP_MS),
  MAX_MARGIN: toMicroseconds(MAX_MARGIN_MS),
  MARGIN_BACK: toMicroseconds(MARGIN_BACK_MS),
};
