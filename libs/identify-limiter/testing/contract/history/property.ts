import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LimiterHarness, type Suite, testNeeding } from '../harness.ts';
import { BEGINNING, LONG, RULES } from './beginning.ts';
import { BudgetWatcher } from './budget-watcher.ts';
import { type Command, CONFIRM_TIMEOUTS_MS, histories, type Troubles } from './commands.ts';
import { failureOf } from './failure.ts';
import { HeadWatcher } from './head-watcher.ts';
import { OnceWatcher } from './once-watcher.ts';
import { PauseWatcher } from './pause-watcher.ts';
import { PlaceWatcher } from './place-watcher.ts';
import { Player } from './player.ts';
import { SpacingWatcher } from './spacing-watcher.ts';
import { CrashLoopWatcher } from './crash-loop-watcher.ts';
import { Uses } from './uses.ts';

export function anyHistory(suite: Suite): void {
  describe('any history', () => {
    test('P1 P2 P3 P4 P6 P7 P8 hold while the replicas run', LONG, async () => {
      expect(await firstFailure(suite, 'none')).toBeUndefined();
    });

    testNeeding(suite, 'restart')(
      'P1 P2 P3 P4 P6 P7 P8 hold over restarts with a wall clock that jumps',
      LONG,
      async () => {
        expect(await firstFailure(suite, 'wall clock')).toBeUndefined();
      },
    );

    testNeeding(suite, 'reboot')('P1 P2 P3 P4 P6 P7 P8 hold over reboots', LONG, async () => {
      expect(await firstFailure(suite, 'reboot')).toBeUndefined();
    });
  });
}

/** How the promises fail in some history; undefined when they hold in all of them. */
async function firstFailure(suite: Suite, troubles: Troubles): Promise<string | undefined> {
  const property = fc.asyncProperty(
    fc.constantFrom(...CONFIRM_TIMEOUTS_MS),
    histories(troubles),
    async (confirmTimeoutMs, commands) => {
      const harness = await suite.makeHarness({ rules: { ...RULES, confirmTimeoutMs } });
      try {
        await play(harness, commands);
      } finally {
        await harness.dispose();
      }
    },
  );
  return failureOf(property);
}

async function play(harness: LimiterHarness, commands: readonly Command[]): Promise<void> {
  const uses = new Uses(harness);
  const watchers = [
    new SpacingWatcher(harness.rules, uses, harness.settleMs),
    new BudgetWatcher(harness.rules.reserveOf, uses),
    new CrashLoopWatcher(harness.rules.crashLoop),
    new HeadWatcher(harness.deadReplicaMs),
    new PlaceWatcher(harness),
    new PauseWatcher(),
    new OnceWatcher(harness, uses),
    // Last, so that the others find in it how things stood before the event.
    uses,
  ];
  const player = new Player(harness, (event) => {
    for (const watcher of watchers) watcher.see(event);
  });
  for (const command of [...BEGINNING, ...commands]) await player.play(command);
}
