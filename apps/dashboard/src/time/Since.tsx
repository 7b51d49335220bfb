import { formatDayAndTime, formatDuration } from './format.ts';
import { useNow } from './use-now.ts';

interface Props {
  /** In ms since the Unix epoch, by the service's clock. */
  readonly moment: number;
  /** Text behind the duration. */
  readonly suffix?: string;
}

/** The time that has passed since a moment. Counts up once a second. */
export function Since({ moment, suffix = '' }: Props) {
  const now = useNow();
  return (
    <time dateTime={new Date(moment).toISOString()} title={formatDayAndTime(moment)}>
      {formatDuration(now - moment)}
      {suffix}
    </time>
  );
}
