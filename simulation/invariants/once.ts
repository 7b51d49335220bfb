import type { IndexedHistory } from '../history/indexed-history.ts';
import type { Violation } from './invariant.ts';

/** P8, under all faults: a request ends at most once, with a permit of its own shard that no other request has. */
export function once(history: IndexedHistory): Violation[] {
  const requests = Array.from(history.requests.values())
    .filter(({ ends }) => ends.length > 1)
    .map(({ ends, name }) => violation(ends.at(-1)?.at ?? 0, `${name} ended ${ends.length} times`));
  const permits = history.permits.flatMap((permit) => {
    const { at, endedWith, releasedAt, id, identifiedAt } = permit;
    const found: Violation[] = [];
    if (endedWith.length > 1) found.push(violation(at, `${id} went to ${endedWith.join(' and ')}`));
    const isOfAnother = endedWith.some(
      (name) => history.requests.get(name)?.shard !== permit.shard,
    );
    if (isOfAnother) found.push(violation(at, `${id} went to another shard: ${endedWith.join()}`));
    if (releasedAt !== undefined && identifiedAt !== undefined) {
      found.push(violation(releasedAt, `${id} was both used and released`));
    }
    return found;
  });
  return [...requests, ...permits];
}

function violation(at: number, text: string): Violation {
  return { promise: 'P8', at, text };
}
