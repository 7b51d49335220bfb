import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import type { Limiter } from '../../store/store.tokens.ts';
import { Eviction } from './eviction.ts';

/** A limiter whose waiter has gone once it was told so often. */
function limiterThatHears(afterTelling: number): {
  limiter: Pick<Limiter, 'evict'>;
  told: () => number;
} {
  let told = 0;
  const evict = async (): Promise<boolean> => {
    if (told >= afterTelling) return false;
    told += 1;
    return true;
  };
  return { limiter: { evict }, told: () => told };
}

test('its replica is told again for as long as the waiter is there: an announcement can be lost', async () => {
  const clock = new FakeClock();
  const { limiter, told } = limiterThatHears(3);
  const gone = new Eviction(limiter, clock).carryOut('default', 'entry.1');
  await clock.advance(300);
  expect(await gone).toBe(true);
  expect(told()).toBe(3);
});

test('P10 a replica that does not hear is not waited for longer than 2 s', async () => {
  const clock = new FakeClock();
  const { limiter } = limiterThatHears(Infinity);
  const gone = new Eviction(limiter, clock).carryOut('default', 'entry.1');
  await clock.advance(2000);
  expect(await gone).toBe(false);
  expect(clock.pendingTimers).toBe(0);
});
