import { Text } from '@mantine/core';
import type { Budget } from '../../../api/schemas.ts';
import { Moment } from '../../../time/Moment.tsx';
import { Until } from '../../../time/Until.tsx';

interface Props {
  readonly budget: Budget;
  /** Whether few session starts are left. Only then the warning is red: a large bot spends many starts quickly when it boots. */
  readonly isScarce: boolean;
}

/** When the budget resets, and whether the session starts last until then. */
export function BudgetForecast({ budget, isScarce }: Props) {
  const { forecast, remaining, reserve, resetAt } = budget;
  return (
    <Text size="xs" c="dimmed" mt={4} component="div">
      {resetAt === undefined ? (
        'The budget window starts with the first permit. '
      ) : (
        <>
          Reset in <Until moment={resetAt} past="a moment" /> (<Moment moment={resetAt} />
          ).{' '}
        </>
      )}
      {remaining <= reserve && (
        <Text span inherit c="var(--text-bad)" fw={600}>
          Only the reserve is left: no permits until the reset.
        </Text>
      )}
      {remaining > reserve && forecast.exhaustedAt !== undefined && (
        <Text span inherit c={isScarce ? 'var(--text-bad)' : 'var(--text-warning)'} fw={600}>
          At the present pace only the reserve is left at <Moment moment={forecast.exhaustedAt} />.
        </Text>
      )}
      {remaining > reserve &&
        forecast.exhaustedAt === undefined &&
        'At the present pace the session starts last until the reset.'}
    </Text>
  );
}
