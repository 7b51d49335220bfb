import { Table } from '@mantine/core';
import type { Bot, Bucket } from '../../api/schemas.ts';
import { ScrollTable } from '../../ui/tables/ScrollTable.tsx';
import { BUCKET_COLUMNS } from './bucket-columns.tsx';
import { BucketRow } from './BucketRow.tsx';
import { isSortKey, nextSort, type Sort } from './sort-buckets.ts';
import { isPaused } from './shows.ts';
import { SortableHeader } from './SortableHeader.tsx';

interface Props {
  readonly bot: string;
  readonly buckets: readonly Bucket[];
  readonly pauses: Bot['pauses'];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

/** Buckets as a table with all their values, which the user can sort. */
export function BucketTable({ bot, buckets, onSort, pauses, sort }: Props) {
  return (
    <ScrollTable label="Buckets" minWidth={760}>
      <Table.Thead>
        <Table.Tr>
          {BUCKET_COLUMNS.map(({ header, isNumber, key }) =>
            isSortKey(key) ? (
              <SortableHeader
                key={key}
                text={header}
                isNumber={isNumber}
                direction={
                  sort.by === key ? (sort.isDescending ? 'descending' : 'ascending') : 'none'
                }
                onSort={() => onSort(nextSort(sort, key))}
              />
            ) : (
              <Table.Th key={key} scope="col" data-number={isNumber || undefined}>
                {header}
              </Table.Th>
            ),
          )}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {buckets.map((bucket) => (
          <BucketRow
            key={bucket.bucket}
            bot={bot}
            bucket={bucket}
            isPaused={isPaused(bucket, pauses)}
          />
        ))}
      </Table.Tbody>
    </ScrollTable>
  );
}
