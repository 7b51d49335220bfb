import type { ReactNode } from 'react';
import type { Bucket } from '../../api/schemas.ts';
import { paths } from '../../app/paths.ts';
import { formatCount } from '../../time/format.ts';
import { Since } from '../../time/Since.tsx';
import { Until } from '../../time/Until.tsx';
import { Mark } from '../../ui/marks/Mark.tsx';
import { ReasonMark } from '../../ui/marks/ReasonMark.tsx';
import { ShardLink } from '../../ui/ShardLink.tsx';
import { TextLink } from '../../ui/TextLink.tsx';
import type { SortKey } from './sort-buckets.ts';

/** What a row of the table shows. */
export interface RowData {
  readonly bot: string;
  readonly bucket: Bucket;
  readonly isPaused: boolean;
}

interface Column {
  readonly header: string;
  /** Whether its cells are aligned as numbers. */
  readonly isNumber: boolean;
  readonly cell: (row: RowData) => ReactNode;
}

/** The cell of a value that a bucket does not have. */
const NONE = '–';

/** The columns of the table of buckets, in order. A column whose key is a SortKey can be sorted. */
const COLUMNS = {
  number: {
    header: 'Bucket',
    isNumber: true,
    cell: ({ bot, bucket: { bucket } }) => (
      <TextLink href={paths.bucket(bot, bucket)}>{bucket}</TextLink>
    ),
  },
  waiting: {
    header: 'Waiting',
    isNumber: true,
    cell: ({ bucket }) => formatCount(bucket.waiting),
  },
  reason: {
    header: 'Wait reason',
    isNumber: false,
    cell: ({ bucket: { reason, throttled }, isPaused }) => (
      <>
        {isPaused && reason !== 'paused' && <Mark tone="warning">paused</Mark>}{' '}
        {reason !== undefined && <ReasonMark reason={reason} />}{' '}
        {throttled > 0 && <Mark tone="bad">{formatCount(throttled)} throttled</Mark>}
      </>
    ),
  },
  opens: {
    header: 'Opens in',
    isNumber: true,
    cell: ({ bucket }) => <Until moment={bucket.opensAt} past="open" />,
  },
  oldest: {
    header: 'Oldest wait',
    isNumber: true,
    cell: ({ bucket: { oldestWaitSince } }) =>
      oldestWaitSince === undefined ? NONE : <Since moment={oldestWaitSince} />,
  },
  last: {
    header: 'Last permit',
    isNumber: false,
    cell: ({ bot, bucket: { lastPermit } }) =>
      lastPermit === undefined ? (
        NONE
      ) : (
        <>
          <Since moment={lastPermit.at} suffix=" ago" />, shard{' '}
          <ShardLink bot={bot} shard={lastPermit.shard} />
        </>
      ),
  },
  next: {
    header: 'Next',
    isNumber: false,
    cell: ({ bot, bucket: { head } }) =>
      head === undefined ? (
        NONE
      ) : (
        <>
          shard <ShardLink bot={bot} shard={head.shard} />
          {head.priority === 'high' && ' (high priority)'}
        </>
      ),
  },
} satisfies Record<SortKey | 'next', Column>;

/** All columns with their keys, in order. */
export const BUCKET_COLUMNS: readonly (Column & { readonly key: string })[] = Object.entries(
  COLUMNS,
).map(([key, { cell, header, isNumber }]) => ({ key, cell, header, isNumber }));
