import type { Bot } from '../../../api/schemas.ts';
import { WHOLE_BOT } from '../../../api/scope.ts';
import { formatCountOf } from '../../../time/format.ts';
import { Mark } from '../../../ui/marks/Mark.tsx';

/** Marks for the states of a bot that need attention: paused, limits unknown, overridden, ignored or stale. */
export function BotMarks({ bot }: { readonly bot: Bot }) {
  const { info, limits, pauses } = bot;
  const pausedBuckets = Object.entries(pauses).filter(
    ([scope, { dormant }]) => scope !== WHOLE_BOT && !dormant,
  ).length;
  return (
    <>
      {WHOLE_BOT in pauses && <Mark tone="warning">paused</Mark>}
      {pausedBuckets > 0 && (
        <Mark tone="warning">{formatCountOf(pausedBuckets, 'bucket')} paused</Mark>
      )}
      {limits === undefined && <Mark tone="bad">limits unknown</Mark>}
      {limits?.source === 'override' && <Mark tone="info">limits overridden</Mark>}
      {info?.ignored !== undefined && <Mark tone="warning">{info.ignored.from} ignored</Mark>}
      {info?.stale === true && <Mark tone="bad">limits stale</Mark>}
    </>
  );
}
