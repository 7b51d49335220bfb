import { NativeSelect, Skeleton, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import { paths } from '../../app/paths.ts';
import { useBot, useSnapshot } from '../../live/live-context.ts';
import { isLoaded } from '../../permits/permit-log.ts';
import { usePermitLog, useRetryPermits } from '../../permits/permit-logs-context.ts';
import { BotSelect } from '../../ui/BotSelect.tsx';
import { EmptyMessage } from '../../ui/EmptyMessage.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { PermitsTable } from '../../ui/tables/PermitsTable.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { UnknownBot } from '../../ui/UnknownBot.tsx';
import { describeShown } from './describe-shown.ts';
import { statusChoices } from './status-choices.ts';
import { RepeatedStarts } from './RepeatedStarts.tsx';
import { ThrottledAlert } from './ThrottledAlert.tsx';

/** A longer table is not read; a shard's page lists all its permits. */
const MAX_SHOWN = 100;

/** The permits of a bot in the last hour with their status, its throttled shards, and shards that started repeatedly. */
export default function ActivityPage({ bot: id }: { readonly bot: string }) {
  const hasSnapshot = useSnapshot() !== undefined;
  const bot = useBot(id);
  const log = usePermitLog(id);
  const retry = useRetryPermits(id);
  const { permits, problem } = log;
  const [status, setStatus] = useState('');
  const matching = useMemo(
    () => permits.filter((permit) => status === '' || permit.status === status),
    [permits, status],
  );
  const choices = useMemo(() => statusChoices(log), [log]);
  const shown = matching.slice(0, MAX_SHOWN);
  const isLoading = !isLoaded(log) && problem === undefined && shown.length === 0;
  if (hasSnapshot && bot === undefined) return <UnknownBot id={id} />;
  return (
    <Stack>
      <PageHeader
        title={`Activity of ${id}`}
        description={describeShown(log, shown.length, matching.length)}
      >
        <BotSelect bot={id} pathOf={paths.activity} />
        <NativeSelect
          size="xs"
          aria-label="Which permits"
          data={choices}
          value={status}
          onChange={({ currentTarget }) => setStatus(currentTarget.value)}
        />
      </PageHeader>
      {bot && <ThrottledAlert id={id} bot={bot} />}
      {problem !== undefined && <ProblemAlert problem={problem} onRetry={retry} />}
      <RepeatedStarts bot={id} log={log} />
      {isLoading && <Skeleton h={420} aria-hidden />}
      {isLoaded(log) && shown.length === 0 && (
        <EmptyMessage title="No matching permits in the last hour">
          {status === ''
            ? 'A permit appears here as soon as a shard gets it.'
            : 'Choose another status to see other permits.'}
        </EmptyMessage>
      )}
      {shown.length > 0 && <PermitsTable bot={id} permits={shown} />}
    </Stack>
  );
}
