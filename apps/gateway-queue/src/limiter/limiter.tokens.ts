import type {
  Clock,
  IdentifyLimiter,
  LimiterControl,
  LimiterView,
} from '@gateway-queue/identify-limiter';

/** Injects the {@link Clock}. */
export const CLOCK = Symbol('Clock');

/** Injects the {@link Limiter}. */
export const LIMITER = Symbol('Limiter');

/** Injects the name of this process among the replicas, a string. */
export const REPLICA_NAME = Symbol('ReplicaName');

/** The limiter as the service uses it: permits for the queue, a view for operators, control for everybody else. */
export type Limiter = IdentifyLimiter & LimiterControl & LimiterView;

export type { Clock };
