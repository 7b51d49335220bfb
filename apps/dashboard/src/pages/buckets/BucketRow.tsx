import { Table } from '@mantine/core';
import { memo } from 'react';
import type { Bucket } from '../../api/schemas.ts';
import { paths } from '../../app/paths.ts';
import { formatCount } from '../../time/format.ts';
import { Mark } from '../../ui/marks/Mark.tsx';
import { ReasonMark } from '../../ui/marks/ReasonMark.tsx';
import { ShardLink } from '../../ui/ShardLink.tsx';
import { Since } from '../../time/Since.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import { Until } from '../../time/Until.tsx';

interface Props {
  readonly bot: string;
  readonly number: number;
  readonly bucket: Bucket;
  readonly isPaused: boolean;
}

/** One bucket of the table. */
export const BucketRow = memo(function BucketRow({ bot, bucket, isPaused, number }: Props) {
  const { throttled, head, lastPermit, oldestWaitSince, opensAt, reason, waiting } = bucket;
  return (
    <Table.Tr>
      <Table.Td data-number>
        <TextLink href={paths.bucket(bot, number)}>{number}</TextLink>
      </Table.Td>
      <Table.Td data-number>{formatCount(waiting)}</Table.Td>
      <Table.Td>
        {isPaused && reason !== 'paused' && <Mark tone="warning">paused</Mark>}{' '}
        {reason !== undefined && <ReasonMark reason={reason} />}{' '}
        {throttled > 0 && <Mark tone="bad">{formatCount(throttled)} throttled</Mark>}
      </Table.Td>
      <Table.Td data-number>
        <Until moment={opensAt} past="open" />
      </Table.Td>
      <Table.Td data-number>
        {oldestWaitSince === undefined ? '–' : <Since moment={oldestWaitSince} />}
      </Table.Td>
      <Table.Td>
        {lastPermit === undefined ? (
          '–'
        ) : (
          <>
            <Since moment={lastPermit.at} suffix=" ago" />, shard{' '}
            <ShardLink bot={bot} shard={lastPermit.shard} />
          </>
        )}
      </Table.Td>
      <Table.Td>
        {head === undefined ? (
          '–'
        ) : (
          <>
            shard <ShardLink bot={bot} shard={head.shard} />
            {head.priority === 'high' && ' (high priority)'}
          </>
        )}
      </Table.Td>
    </Table.Tr>
  );
});
