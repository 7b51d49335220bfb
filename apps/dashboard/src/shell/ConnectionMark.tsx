import type { FeedState } from '../live/feed-message.ts';
import { useLivePart } from '../live/live-context.ts';
import { Mark } from '../ui/marks/Mark.tsx';

/** Whether the page is live, stale or frozen. A frozen page may be stale as well. */
export function ConnectionMark() {
  const isFrozen = useLivePart(({ frozenAt }) => frozenAt !== undefined);
  const kind = useLivePart(({ feed }) => feed.kind);
  return (
    <>
      {(kind !== 'live' || !isFrozen) && <FeedMark kind={kind} />}
      {isFrozen && <Mark tone="warning">Frozen</Mark>}
    </>
  );
}

function FeedMark({ kind }: Pick<FeedState, 'kind'>) {
  switch (kind) {
    case 'live':
      return <Mark tone="good">Live</Mark>;
    case 'stale':
      return <Mark tone="bad">Stale</Mark>;
    case 'unreachable':
      return <Mark tone="bad">No answer</Mark>;
    case 'connecting':
    case 'signed-out':
      return <Mark tone="quiet">Connecting</Mark>;
  }
}
