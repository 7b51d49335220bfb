import { formatDayAndTime, formatDuration } from './format.ts';
import { useNow } from './use-now.ts';

interface Props {
  /** In ms since the Unix epoch, by the service's clock; undefined means now. */
  readonly moment: number | undefined;
  /** Text in place of the duration once the moment has come. */
  readonly past: string;
  /** Text before the duration. */
  readonly prefix?: string;
}

/** The time that is left until a moment. Counts down once a second. */
export function Until({ moment, past, prefix = '' }: Props) {
  const now = useNow();
  if (moment === undefined || moment <= now) return past;
  return (
    <time dateTime={new Date(moment).toISOString()} title={formatDayAndTime(moment)}>
      {prefix}
      {formatDuration(Math.max(1000, moment - now))}
    </time>
  );
}
