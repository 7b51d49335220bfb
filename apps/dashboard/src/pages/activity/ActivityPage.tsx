import { NativeSelect, Skeleton, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import { paths } from '../../app/paths.ts';
import { useBot, useSnapshot } from '../../live/live-context.ts';
import { usePermitLog } from '../../permits/permit-logs-context.ts';
import { formatCount } from '../../time/format.ts';
import { BotSelect } from '../../ui/BotSelect.tsx';
import { Nothing } from '../../ui/Nothing.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { PermitsTable } from '../../ui/PermitsTable.tsx';
import { UnknownBot } from '../../ui/UnknownBot.tsx';
import { fateChoices } from './fates.ts';
import { RepeatedStarts } from './RepeatedStarts.tsx';
import { Storms } from './Storms.tsx';

/** As many rows as are read; the rest is found by shard. */
const MOST_SHOWN = 100;

/** Permits as they are given, and what becomes of them. */
export default function ActivityPage({ bot: id }: { readonly bot: string }) {
  const hasSnapshot = useSnapshot() !== undefined;
  const bot = useBot(id);
  const { permits } = usePermitLog(id);
  const [fate, setFate] = useState('');
  const wanted = useMemo(
    () => permits.filter((permit) => fate === '' || permit.fate === fate),
    [permits, fate],
  );
  const choices = useMemo(() => fateChoices(permits), [permits]);
  const shown = wanted.slice(0, MOST_SHOWN);
  if (hasSnapshot && bot === undefined) return <UnknownBot id={id} />;
  return (
    <Stack>
      <PageHeader
        title={`Activity of ${id}`}
        description={`The newest ${formatCount(shown.length)} of ${formatCount(wanted.length)} permits of the last hour`}
      >
        <BotSelect bot={id} pathOf={paths.activity} />
        <NativeSelect
          size="xs"
          aria-label="Which permits"
          data={choices}
          value={fate}
          onChange={({ currentTarget }) => setFate(currentTarget.value)}
        />
      </PageHeader>
      {bot && <Storms id={id} bot={bot} />}
      <RepeatedStarts bot={id} permits={permits} />
      {!hasSnapshot && <Skeleton h={420} />}
      {hasSnapshot && shown.length === 0 && (
        <Nothing title="No such permit within the hour">
          {fate === ''
            ? 'Permits appear here as shards are given them. Is anybody waiting?'
            : 'There are permits of other fates, perhaps: choose all of them.'}
        </Nothing>
      )}
      {shown.length > 0 && <PermitsTable bot={id} permits={shown} />}
    </Stack>
  );
}
