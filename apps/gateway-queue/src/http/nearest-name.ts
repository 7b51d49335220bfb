/** Shorter texts stand in too many names to say which one was meant. */
const MIN_PART_LENGTH = 3;

/** Longer texts are like no name, and would take long to compare. */
const MAX_LENGTH = 64;

/** Of every so many letters one may be wrong. */
const LETTERS_PER_SLIP = 3;

/** The name that was probably meant by a misspelled one, like `shard` by `shardId`; undefined when none is like it. */
export function nearestName(misspelled: string, names: readonly string[]): string | undefined {
  if (misspelled.length > MAX_LENGTH) return undefined;
  const text = plain(misspelled);
  const like = names
    .map((name) => ({ name, slips: slipsBetween(text, plain(name)) }))
    .filter(({ name, slips }) => slips <= plain(name).length / LETTERS_PER_SLIP)
    .toSorted((a, b) => a.slips - b.slips);
  return like[0]?.name ?? names.find((name) => isPart(text, plain(name)));
}

/** Without case, and without what separates words: `shard_id` and `shardId` are the same. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z\d]/g, '');
}

function isPart(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= MIN_PART_LENGTH && long.includes(short);
}

/** How many letters are missing, added, wrong or swapped with the next one (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
