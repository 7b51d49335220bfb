const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The choices for the length of a pause: values in ms; an empty value is a pause without an end. */
export const DURATIONS = [
  { value: '', label: 'Until an operator resumes it' },
  { value: String(5 * MINUTE_MS), label: '5 minutes' },
  { value: String(15 * MINUTE_MS), label: '15 minutes' },
  { value: String(30 * MINUTE_MS), label: '30 minutes' },
  { value: String(HOUR_MS), label: '1 hour' },
  { value: String(4 * HOUR_MS), label: '4 hours' },
  { value: String(24 * HOUR_MS), label: '1 day' },
];
