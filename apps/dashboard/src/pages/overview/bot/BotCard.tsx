import { Group, Paper, Stack, Title } from '@mantine/core';
import { lazy, memo, Suspense } from 'react';
import { BotButtons } from '../../../actions/BotButtons.tsx';
import type { Bot } from '../../../api/schemas.ts';
import { paths } from '../../../app/paths.ts';
import { usePermitLog } from '../../../permits/permit-logs-context.ts';
import { TextLink } from '../../../ui/TextLink.tsx';
import classes from './BotCard.module.css';
import { IgnoredAlert } from './IgnoredAlert.tsx';
import { PermitProgress } from './PermitProgress.tsx';
import { BotMarks } from './BotMarks.tsx';
import { BotStats } from './BotStats.tsx';
import { BudgetGauge } from '../budget/BudgetGauge.tsx';
import { Holds } from './Holds.tsx';
import { LimitsProblem } from './LimitsProblem.tsx';
import { MarginNote } from './MarginNote.tsx';

const ThroughputPanel = lazy(() => import('../throughput/ThroughputPanel.tsx'));

interface Props {
  readonly id: string;
  readonly bot: Bot;
}

/** The state of one bot. */
export const BotCard = memo(function BotCard({ bot, id }: Props) {
  const log = usePermitLog(id);
  return (
    <Paper withBorder radius="md" component="section" aria-label={`Bot ${id}`} p="lg">
      <Group justify="space-between" gap="xs" mb="md">
        <Group gap="xs">
          <Title order={2} size="h3">
            <TextLink href={paths.buckets(id)} underline="hover">
              {id}
            </TextLink>
          </Title>
          <BotMarks bot={bot} />
        </Group>
        <BotButtons id={id} bot={bot} />
      </Group>
      <LimitsProblem info={bot.info} />
      <IgnoredAlert info={bot.info} limits={bot.limits} />
      <Holds bot={bot} />
      <div className={classes.columns}>
        <Stack gap="lg">
          <BotStats id={id} bot={bot} />
          <PermitProgress bot={bot} log={log} />
          <BudgetGauge budget={bot.budget} />
          <MarginNote margin={bot.margin} />
        </Stack>
        <Suspense fallback={<div className={classes.chart} />}>
          <ThroughputPanel bot={id} log={log} />
        </Suspense>
      </div>
    </Paper>
  );
});
