import '@mantine/core/styles/FloatingIndicator.layer.css';
import '@mantine/core/styles/SegmentedControl.layer.css';
import '@mantine/core/styles/Pagination.layer.css';
import { Group, NativeSelect, Pagination, SegmentedControl, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';
import type { Bot } from '../../api/schemas.ts';
import { EmptyMessage } from '../../ui/EmptyMessage.tsx';
import { BucketGrid } from './BucketGrid.tsx';
import { BucketTable } from './BucketTable.tsx';
import { type Sort, sortBuckets } from './sort-buckets.ts';
import { isShow, isShown, type Show, SHOWS } from './shows.ts';

/** As many tiles as fit on a screen; a bot may have 10 000 buckets. */
const PAGE_SIZE = 128;

interface Props {
  readonly id: string;
  readonly bot: Bot;
}

/** The buckets that the user chose to see, as a grid or as a table. */
export function BucketList({ bot, id }: Props) {
  const [query, setQuery] = useSearchParams();
  const wanted = query.get('show') ?? '';
  const show: Show = isShow(wanted) ? wanted : 'all';
  const [view, setView] = useState('grid');
  const [sort, setSort] = useState<Sort>({ by: 'number', isDescending: false });
  const [page, setPage] = useState(1);

  const shown = useMemo(() => {
    const { buckets, pauses } = bot;
    const matching = Object.values(buckets).filter((bucket) => isShown(bucket, pauses, show));
    return sortBuckets(matching, sort);
  }, [bot, show, sort]);
  const pages = Math.max(1, Math.ceil(shown.length / PAGE_SIZE));
  const current = Math.min(page, pages);
  const onPage = shown.slice((current - 1) * PAGE_SIZE, current * PAGE_SIZE);
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        <SegmentedControl
          size="sm"
          aria-label="Show buckets as"
          data={[
            { value: 'grid', label: 'Grid' },
            { value: 'table', label: 'Table' },
          ]}
          value={view}
          onChange={setView}
        />
        <NativeSelect
          size="xs"
          aria-label="Which buckets"
          data={SHOWS}
          value={show}
          onChange={({ currentTarget: { value } }) =>
            setQuery(value === 'all' ? {} : { show: value }, { replace: true })
          }
        />
      </Group>
      {onPage.length === 0 && (
        <EmptyMessage title="No matching buckets">
          {show === 'all'
            ? "The buckets appear once the bot's limits are known."
            : 'Choose “All buckets” to see the others.'}
        </EmptyMessage>
      )}
      {onPage.length > 0 &&
        (view === 'grid' ? (
          <BucketGrid bot={id} buckets={onPage} pauses={bot.pauses} />
        ) : (
          <BucketTable bot={id} buckets={onPage} pauses={bot.pauses} sort={sort} onSort={setSort} />
        ))}
      {pages > 1 && (
        <Pagination
          size="sm"
          total={pages}
          value={current}
          onChange={setPage}
          getControlProps={(control) => ({ 'aria-label': `${control} page` })}
          getItemProps={(number) => ({ 'aria-label': `Page ${number}` })}
        />
      )}
    </Stack>
  );
}
