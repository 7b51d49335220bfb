import type { Story } from '../history/indexed-history.ts';
import type { Violation } from './invariant.ts';

/** P8, whatever goes wrong: a request ends at most once, and with a permit of its own shard that no other has. */
export function once(story: Story): Violation[] {
  const requests = Array.from(story.requests.values())
    .filter(({ ends }) => ends.length > 1)
    .map(({ ends, name }) => broken(ends.at(-1)?.at ?? 0, `${name} ended ${ends.length} times`));
  const permits = story.permits.flatMap((permit) => {
    const { at, endedWith, releasedAt, id, identifiedAt } = permit;
    const found: Violation[] = [];
    if (endedWith.length > 1) found.push(broken(at, `${id} went to ${endedWith.join(' and ')}`));
    const isOfAnother = endedWith.some((name) => story.requests.get(name)?.shard !== permit.shard);
    if (isOfAnother) found.push(broken(at, `${id} went to another shard: ${endedWith.join()}`));
    if (releasedAt !== undefined && identifiedAt !== undefined) {
      found.push(broken(releasedAt, `${id} was used, and released`));
    }
    return found;
  });
  return [...requests, ...permits];
}

function broken(at: number, text: string): Violation {
  return { promise: 'P8', at, text };
}
