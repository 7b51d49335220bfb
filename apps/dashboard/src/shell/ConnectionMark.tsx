import { Mark } from '../ui/Mark.tsx';
import { useLivePart } from '../live/live-context.ts';

/** Whether what is shown is what is. */
export function ConnectionMark() {
  const isFrozen = useLivePart(({ frozenAt }) => frozenAt !== undefined);
  const feed = useLivePart((shown) => shown.feed);
  if (feed.kind === 'stale') return <Mark tone="bad">Stale</Mark>;
  if (isFrozen) return <Mark tone="warning">Frozen</Mark>;
  return feed.kind === 'live' ? (
    <Mark tone="good">Live</Mark>
  ) : (
    <Mark tone="quiet">Connecting</Mark>
  );
}
