import type { Bot } from '../../../api/schemas.ts';
import { WHOLE_BOT } from '../../../api/scope.ts';
import { Mark } from '../../../ui/marks/Mark.tsx';

/** What is to be known of a bot before all else. */
export function BotMarks({ bot }: { readonly bot: Bot }) {
  const { info, limits, pauses } = bot;
  const pausedBuckets = Object.entries(pauses).filter(
    ([scope, { dormant }]) => scope !== WHOLE_BOT && !dormant,
  ).length;
  return (
    <>
      {WHOLE_BOT in pauses && <Mark tone="warning">paused</Mark>}
      {pausedBuckets > 0 && (
        <Mark tone="warning">
          {pausedBuckets === 1 ? '1 bucket' : `${pausedBuckets} buckets`} paused
        </Mark>
      )}
      {limits === undefined && <Mark tone="bad">limits unknown</Mark>}
      {limits?.source === 'override' && <Mark tone="info">limits overridden</Mark>}
      {info?.stale === true && <Mark tone="bad">Discord info stale</Mark>}
    </>
  );
}
