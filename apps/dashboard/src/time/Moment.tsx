import { useNow } from './use-now.ts';
import { formatDayAndTime, formatMoment } from './format.ts';

/** A moment by the clock on the wall; with the day, when that is another one than today. */
export function Moment({ moment }: { readonly moment: number }) {
  return (
    <time dateTime={new Date(moment).toISOString()} title={formatDayAndTime(moment)}>
      {formatMoment(moment, useNow())}
    </time>
  );
}
