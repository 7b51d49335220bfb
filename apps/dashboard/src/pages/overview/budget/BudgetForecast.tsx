import { Text } from '@mantine/core';
import type { Budget } from '../../../api/schemas.ts';
import { Moment } from '../../../time/Moment.tsx';
import { Until } from '../../../time/Until.tsx';

interface Props {
  readonly budget: Budget;
  /** Whether it is time to worry: a large bot's boot is fast and short, and no reason to while most are left. */
  readonly isScarce: boolean;
}

/** When there are all session starts again, and whether they last until then. */
export function BudgetForecast({ budget, isScarce }: Props) {
  const { forecast, remaining, reserve, resetAt } = budget;
  return (
    <Text size="xs" c="dimmed" mt={4} component="div">
      {resetAt === undefined ? (
        'The window begins with the first permit. '
      ) : (
        <>
          Reset in <Until moment={resetAt} past="a moment" /> (<Moment moment={resetAt} />
          ).{' '}
        </>
      )}
      {remaining <= reserve && (
        <Text span inherit c="var(--text-bad)" fw={600}>
          Nothing is left but the reserve: no permits until then.
        </Text>
      )}
      {remaining > reserve && forecast.exhaustedAt !== undefined && (
        <Text span inherit c={isScarce ? 'var(--text-bad)' : 'var(--text-warning)'} fw={600}>
          If this pace goes on, it is used up at <Moment moment={forecast.exhaustedAt} />.
        </Text>
      )}
      {remaining > reserve && forecast.exhaustedAt === undefined && 'At the present pace it lasts.'}
    </Text>
  );
}
