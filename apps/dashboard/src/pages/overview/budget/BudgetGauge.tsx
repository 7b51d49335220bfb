import { Group, Progress, Text } from '@mantine/core';
import type { Budget } from '../../../api/schemas.ts';
import { formatCount } from '../../../time/format.ts';
import classes from './BudgetGauge.module.css';
import { BudgetForecast } from './BudgetForecast.tsx';

/** Below this share of all session starts shards are throttled: the default of CRASH_LOOP_BELOW. */
const LOW_SHARE = 0.5;

/** Below this share the gauge turns red. */
const SCARCE_SHARE = 0.1;

/** The session starts that are left, with the reserve as a part of its own. */
export function BudgetGauge({ budget }: { readonly budget: Budget | undefined }) {
  if (budget === undefined) {
    return (
      <Text size="sm" c="dimmed">
        The budget is unknown until the limits are known.
      </Text>
    );
  }
  const { remaining, reserve, total } = budget;
  const free = Math.max(0, remaining - reserve);
  const kept = Math.max(0, Math.min(remaining, reserve));
  const share = total === 0 ? 0 : free / total;
  const percent = (starts: number) => (total === 0 ? 0 : (100 * starts) / total);
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={4}>
        <Text size="sm" fw={600}>
          Session starts
        </Text>
        <Text size="sm" c="dimmed">
          {formatCount(remaining)} of {formatCount(total)} left, {formatCount(reserve)} in reserve
        </Text>
      </Group>
      <Progress.Root size="lg" className={classes.gauge ?? ''} data-tone={toneOf(share)}>
        <Progress.Section
          value={percent(free)}
          className={classes.free ?? ''}
          aria-label={`${formatCount(free)} of ${formatCount(total)} session starts are available`}
        />
        <Progress.Section
          value={percent(kept)}
          className={classes.reserve ?? ''}
          aria-label={`${formatCount(kept)} session starts are in reserve`}
        />
      </Progress.Root>
      <BudgetForecast budget={budget} isScarce={share < SCARCE_SHARE} />
    </div>
  );
}

function toneOf(share: number): string {
  if (share < SCARCE_SHARE) return 'bad';
  return share < LOW_SHARE ? 'warning' : 'good';
}
