const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const MINUTE = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
const DAY_AND_TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** A count, as `1,234`. */
export function formatCount(count: number): string {
  return WHOLE.format(count);
}

/** A count with its noun, as `1 bucket` or `1,234 buckets`. @param noun in the singular; its plural ends in s */
export function formatCountOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A duration of `ms` in its two largest units, as `2 min 5 s`. A negative duration is `0 s`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / SECOND_MS));
  const rounded = seconds * SECOND_MS;
  if (rounded < MINUTE_MS) return `${seconds} s`;
  if (rounded < HOUR_MS) return twoUnits(seconds, 60, 'min', 's');
  if (rounded < DAY_MS) return twoUnits(Math.round(ms / MINUTE_MS), 60, 'h', 'min');
  return twoUnits(Math.round(ms / HOUR_MS), 24, 'd', 'h');
}

/** @param count in the small unit; @param each the number of small units in a large one */
function twoUnits(count: number, each: number, large: string, small: string): string {
  const rest = count % each;
  const whole = `${Math.floor(count / each)} ${large}`;
  return rest === 0 ? whole : `${whole} ${rest} ${small}`;
}

/** The time of day to the second, in the browser's time zone. */
export function formatTime(moment: number): string {
  return TIME.format(moment);
}

/** The time of day to the minute, in the browser's time zone. */
export function formatMinute(moment: number): string {
  return MINUTE.format(moment);
}

/** Date and time, in the browser's time zone. */
export function formatDayAndTime(moment: number): string {
  return DAY_AND_TIME.format(moment);
}

/** The time of day, with the date unless that is the date of `now`. */
export function formatMoment(moment: number, now: number): string {
  const isSameDay = new Date(moment).toDateString() === new Date(now).toDateString();
  return isSameDay ? formatTime(moment) : formatDayAndTime(moment);
}
