import type { PermitRequest } from '../history.ts';

/** How a shard asks for one permit, and what it does with the permit. */
export interface ClientBehaviour extends Pick<PermitRequest, 'path' | 'confirm' | 'priority'> {
  /** The client hangs up after this time, and asks again. */
  readonly patienceMs: number;
  /** The parameter `maxWaitMs` of a request on `/v1`. */
  readonly maxWaitMs: number;
  readonly use: 'identify' | 'release';
  /** The time from the permit to the IDENTIFY, and from the IDENTIFY to READY, of a permit to be confirmed, ms. */
  readonly networkMs: number;
  /** Whether the client confirms when READY comes. */
  readonly confirms: boolean;
}

/** Every client hangs up after this time, for instance when its replica is suspended. */
const MAX_PATIENCE_MS = 8000;

/** The longest network delay: a client uses its permit soon, because other shards wait. */
const NETWORK_MS = 150;

/**
 * @param patient whether the client hangs up only when it must, and releases nothing
 * @param named whether the client names its shard, as `/v1` requires
 */
export function pickBehaviour(
  random: () => number,
  patient: boolean,
  named: boolean,
): ClientBehaviour {
  const between = (min: number, max: number): number => Math.round(min + random() * (max - min));
  const path = random() < 0.5 || !named ? '/' : '/v1';
  const isV1 = path === '/v1';
  const hasty = random() < 0.3 && !patient;
  const maxWaitMs = between(100, 6000);
  const maxPatienceMs = isV1 ? maxWaitMs + 2000 : MAX_PATIENCE_MS;
  return {
    path,
    confirm: isV1 && random() < 0.5,
    priority: isV1 && random() < 0.15 ? 'high' : 'normal',
    patienceMs: hasty ? between(20, 2500) : maxPatienceMs,
    maxWaitMs,
    use: isV1 && random() < 0.08 && !patient ? 'release' : 'identify',
    networkMs: between(0, NETWORK_MS),
    confirms: random() < 0.92,
  };
}
