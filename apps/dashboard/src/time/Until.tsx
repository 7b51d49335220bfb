import { formatDayAndTime, formatDuration } from './format.ts';
import { useNow } from './use-now.ts';

interface Props {
  /** In ms since the Unix epoch, by the service's clock; undefined when it is now. */
  readonly moment: number | undefined;
  /** Said once the moment has come. */
  readonly past: string;
  /** Said before the duration. */
  readonly prefix?: string;
}

/** How long it is until something; counts down. */
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
