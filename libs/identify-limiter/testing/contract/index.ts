import { describe } from 'vitest';
import { unusableReports } from './bad-reports.ts';
import { pendingBudget } from './budget-pending.ts';
import { refilledBudget } from './budget-refill.ts';
import { refreshedBudget } from './budget-refresh.ts';
import { ownBudget } from './budget.ts';
import { changesAnnounced } from './changes.ts';
import { orderOfChecks } from './check-order.ts';
import { refusalsSeen } from './refusals.ts';
import { releasing } from './release.ts';
import type { Capability, Suite } from './harness.ts';
import { confirming } from './confirm.ts';
import { confirmingOverReboots } from './confirm-reboots.ts';
import { confirmingOverRestarts } from './confirm-restarts.ts';
import { confirmingWhat } from './confirm-what.ts';
import { evictions } from './evictions.ts';
import { heads } from './heads.ts';
import { anyEntries } from './history/entries.ts';
import { sameAsTheSteps } from './history/equivalence.ts';
import { anyHistory } from './history/property.ts';
import { limitsAndVersions } from './limits.ts';
import { lostRanks } from './lost-ranks.ts';
import { growingMargin } from './margin.ts';
import { changesOfMaxConcurrency } from './max-concurrency.ts';
import { once } from './once.ts';
import { order } from './order.ts';
import { pausesShownAndKept } from './pauses-shown.ts';
import { pauses } from './pauses.ts';
import { placesAnnounced } from './places-announced.ts';
import { howLongPlacesAreKept } from './places-kept.ts';
import { places } from './places.ts';
import { remembering } from './remembering.ts';
import { reserve } from './reserve.ts';
import { spacingOverRestarts } from './spacing-restarts.ts';
import { spacing } from './spacing.ts';
import { startsTold } from './starts.ts';
import { crashLoopThrottle } from './crash-loop.ts';
import { notThrottled } from './crash-loop-others.ts';
import { views } from './views.ts';

export {
  type Capability,
  DEFAULT_RULES,
  type HarnessOptions,
  type Limiter,
  type LimiterHarness,
  type RestartOptions,
} from './harness.ts';

const SUBJECTS = [
  spacing,
  spacingOverRestarts,
  confirming,
  confirmingWhat,
  confirmingOverRestarts,
  confirmingOverReboots,
  refusalsSeen,
  growingMargin,
  changesOfMaxConcurrency,
  ownBudget,
  refreshedBudget,
  pendingBudget,
  refilledBudget,
  reserve,
  startsTold,
  crashLoopThrottle,
  notThrottled,
  order,
  heads,
  evictions,
  releasing,
  remembering,
  places,
  howLongPlacesAreKept,
  lostRanks,
  pauses,
  pausesShownAndKept,
  once,
  changesAnnounced,
  placesAnnounced,
  limitsAndVersions,
  unusableReports,
  orderOfChecks,
  views,
  anyHistory,
  anyEntries,
  sameAsTheSteps,
];

/**
 * Registers the tests that every limiter passes, whatever its store. To be called in a test file.
 *
 * @param makeHarness makes a limiter with new state, which goes by the rules given; called once for each test
 * @param lacks what the limiter cannot show; the tests that need it are reported as skipped
 */
export function limiterContract(
  name: string,
  makeHarness: Suite['makeHarness'],
  lacks: readonly Capability[] = [],
): void {
  describe(`${name} keeps the limiter contract`, () => {
    for (const subject of SUBJECTS) subject({ makeHarness, lacks });
  });
}
