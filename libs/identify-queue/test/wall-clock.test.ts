import { expect, test } from 'vitest';
import { INTERVAL_MS, slots } from './numbers.ts';
import { shardsOf } from './request.ts';
import { openWorld } from './world.ts';

const HOUR_MS = 3_600_000;

test.each([HOUR_MS, -HOUR_MS])(
  'P1 P4 P9 a wall clock that jumps by %d ms changes nothing',
  async (jumpMs) => {
    const world = await openWorld();
    await world.askInTurn([0, 1]);
    world.harness.clock.jumpWall(jumpMs);
    const [leaver] = await world.askInTurn([2, 3]);
    await world.advance(1000);
    leaver?.hangUp();
    world.harness.clock.jumpWall(-2 * jumpMs);
    await world.advance(1000);
    await world.askInTurn([2], { replica: 'b' });
    await world.advance(INTERVAL_MS * 3);
    expect(shardsOf(world.served)).toEqual([0, 1, 2, 3]);
    expect(world.served.map((request) => request.servedAt)).toEqual(slots(4));
    expect(world.served[2]?.permit?.waitedMs).toBe(INTERVAL_MS * 2 - 2000);
  },
);
