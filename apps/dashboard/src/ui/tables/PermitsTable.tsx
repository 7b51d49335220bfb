import { Table } from '@mantine/core';
import { memo } from 'react';
import type { Permit } from '../../api/schemas.ts';
import { paths } from '../../app/paths.ts';
import { StatusMark } from '../marks/StatusMark.tsx';
import { Moment } from '../../time/Moment.tsx';
import { type ColumnHeader, ColumnHeaders } from './ColumnHeaders.tsx';
import { ScrollTable } from './ScrollTable.tsx';
import { ShardLink } from '../ShardLink.tsx';
import { Since } from '../../time/Since.tsx';
import { TextLink } from '../TextLink.tsx';

const COLUMNS: readonly ColumnHeader[] = [
  'Granted at',
  { number: 'Ago' },
  { number: 'Shard' },
  { number: 'Bucket' },
  'Status',
];

interface Props {
  readonly bot: string;
  readonly permits: readonly Permit[];
}

/** A table of permits, in the order given: the newest first. */
export function PermitsTable({ bot, permits }: Props) {
  return (
    <ScrollTable label="Permits" minWidth={480} isNarrow>
      <ColumnHeaders columns={COLUMNS} />
      <Table.Tbody>
        {permits.map(({ at, bucket, status, id, shard }) => (
          <PermitRow key={id} bot={bot} at={at} bucket={bucket} status={status} shard={shard} />
        ))}
      </Table.Tbody>
    </ScrollTable>
  );
}

interface RowProps extends Pick<Permit, 'at' | 'bucket' | 'status'> {
  readonly bot: string;
  readonly shard: number | undefined;
}

const PermitRow = memo(function PermitRow({ at, bot, bucket, status, shard }: RowProps) {
  return (
    <Table.Tr>
      <Table.Td>
        <Moment moment={at} />
      </Table.Td>
      <Table.Td data-number>
        <Since moment={at} />
      </Table.Td>
      <Table.Td data-number>
        <ShardLink bot={bot} shard={shard} />
      </Table.Td>
      <Table.Td data-number>
        <TextLink href={paths.bucket(bot, bucket)}>{bucket}</TextLink>
      </Table.Td>
      <Table.Td>
        <StatusMark status={status} />
      </Table.Td>
    </Table.Tr>
  );
});
