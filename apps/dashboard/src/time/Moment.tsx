import { useNow } from './use-now.ts';
import { formatDayAndTime, formatMoment } from './format.ts';

/** The time of day of a moment, in ms since the Unix epoch; with the date unless it is today. */
export function Moment({ moment }: { readonly moment: number }) {
  return (
    <time dateTime={new Date(moment).toISOString()} title={formatDayAndTime(moment)}>
      {formatMoment(moment, useNow())}
    </time>
  );
}
