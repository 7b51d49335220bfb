import type { Clock, IdentifyLimiter, LimiterControl } from '@gateway-queue/identify-limiter';

/** Injects the {@link Clock}. */
export const CLOCK = Symbol('Clock');

/** Injects the {@link Limiter}. */
export const LIMITER = Symbol('Limiter');

/** The limiter as the service uses it: permits for the queue, control for everybody else. */
export type Limiter = IdentifyLimiter & LimiterControl;

export type { Clock };
