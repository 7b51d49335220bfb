import { expect, test } from 'vitest';
import { Reading } from './reading.ts';

test('P10 however many ask at once, it is read once; whoever asks afterwards has it read anew', async () => {
  const ends: ((value: string) => void)[] = [];
  const reading = new Reading<string>(
    (of) => new Promise((resolve) => ends.push((value) => resolve(`${of} ${value}`))),
  );
  const asked = [reading.of('music'), reading.of('music'), reading.of('other')];
  expect(ends).toHaveLength(2);
  for (const end of ends) end('read');
  expect(await Promise.all(asked)).toEqual(['music read', 'music read', 'other read']);
  const again = reading.of('music');
  expect(ends).toHaveLength(3);
  ends[2]?.('read anew');
  expect(await again).toBe('music read anew');
});

test('a failure is told to all who asked, and to nobody who asks afterwards', async () => {
  let fails = true;
  const reading = new Reading<string>(async () => {
    if (fails) throw new Error('away');
    return 'read';
  });
  const asked = [reading.of('music'), reading.of('music')];
  await expect(asked[0]).rejects.toThrow('away');
  await expect(asked[1]).rejects.toThrow('away');
  fails = false;
  expect(await reading.of('music')).toBe('read');
});
