import { Text } from '@mantine/core';
import type { Bot } from '../../../api/schemas.ts';
import { formatCountOf } from '../../../time/format.ts';
import { Moment } from '../../../time/Moment.tsx';

/** Says that Discord seems to refuse shards, and what the margin is because of that. Empty while neither is so. */
export function MarginNote({ margin }: { readonly margin: Bot['margin'] | undefined }) {
  if (margin === undefined || (margin.refusals === 0 && margin.backAt === undefined)) return null;
  const { backAt, ms, refusals, setMs } = margin;
  return (
    <Text size="sm">
      {refusals > 0 &&
        `In the last hour Discord probably refused ${formatCountOf(refusals, 'IDENTIFY')}. `}
      {backAt !== undefined && (
        <>
          The margin has grown from {setMs} to {ms} ms; it is back at <Moment moment={backAt} />.
        </>
      )}
    </Text>
  );
}
