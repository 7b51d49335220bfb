import type { Ask } from '../history.ts';

/** How a shard asks for one permit, and what it does with it. */
export interface Manner extends Pick<Ask, 'path' | 'confirm' | 'priority'> {
  /** After so many ms it hangs up and asks elsewhere. */
  readonly patienceMs: number;
  /** For `/v1`. */
  readonly maxWaitMs: number;
  readonly use: 'identify' | 'release';
  /** From the permit to the IDENTIFY, and from there to READY, ms; of one that confirms. */
  readonly networkMs: number;
  /** Whether it lives to see READY. */
  readonly confirms: boolean;
}

/** Clients hang up at last, for instance when a replica is suspended. */
const MAX_PATIENCE_MS = 8000;

/** How a client takes a permit of a bucket that others wait for: it does not dawdle. */
const NETWORK_MS = 150;

/** @param patient whether nobody hangs up without need, nor releases anything */
export function drawManner(random: () => number, patient: boolean): Manner {
  const between = (least: number, most: number): number =>
    Math.round(least + random() * (most - least));
  const path = random() < 0.5 ? '/' : '/v1';
  const knowsUs = path === '/v1';
  const hasty = random() < 0.3 && !patient;
  const maxWaitMs = between(100, 6000);
  const most = knowsUs ? maxWaitMs + 2000 : MAX_PATIENCE_MS;
  return {
    path,
    confirm: knowsUs && random() < 0.5,
    priority: knowsUs && random() < 0.15 ? 'high' : 'normal',
    patienceMs: hasty ? between(20, 2500) : most,
    maxWaitMs,
    use: knowsUs && random() < 0.08 && !patient ? 'release' : 'identify',
    networkMs: between(0, NETWORK_MS),
    confirms: random() < 0.92,
  };
}
