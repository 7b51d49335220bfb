import { Button, Group, Text } from '@mantine/core';
import { lazy, memo, Suspense, useMemo, useState } from 'react';
import type { PermitLog } from '../../../permits/permit-log.ts';
import { useRetryPermits } from '../../../permits/permit-logs-context.ts';
import { minuteOf, SHOWN_MINUTES, throughputOf } from '../../../permits/throughput.ts';
import { useNow } from '../../../time/use-now.ts';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import classes from './ThroughputPanel.module.css';

const ThroughputChart = lazy(() => import('./ThroughputChart.tsx'));
const ThroughputTable = lazy(() => import('./ThroughputTable.tsx'));

interface Props {
  readonly bot: string;
  readonly log: PermitLog;
}

/** Permits per minute, as a chart or as a table. */
function ThroughputPanel({ bot, log }: Props) {
  const retry = useRetryPermits(bot);
  const [isTable, setTable] = useState(false);
  const minute = minuteOf(useNow());
  // The minutes change with the log or once a minute, not once a second.
  const minutes = useMemo(() => throughputOf(log, minute), [log, minute]);
  // Keeps the chart's room while the permits load, but not after a failure.
  const isShown = minutes.length > 0 || log.problem === undefined;
  return (
    <section aria-label="Permits per minute">
      <Group justify="space-between" gap="xs" mb="xs">
        <Text size="sm" fw={600}>
          Permits per minute{' '}
          <Text span inherit fw={400} c="dimmed">
            last {SHOWN_MINUTES} min
          </Text>
        </Text>
        <Button size="compact-xs" variant="default" onClick={() => setTable(!isTable)}>
          {isTable ? 'Show as chart' : 'Show as table'}
        </Button>
      </Group>
      {log.problem !== undefined && <ProblemAlert problem={log.problem} onRetry={retry} />}
      {isShown && (
        <div className={classes.body}>
          <Suspense>
            {isTable ? (
              <ThroughputTable minutes={minutes} />
            ) : (
              <ThroughputChart minutes={minutes} />
            )}
          </Suspense>
        </div>
      )}
    </section>
  );
}

export default memo(ThroughputPanel);
