/** What may have become of the permits shown, for a select. */
export const FATES = [
  { value: '', label: 'All permits' },
  { value: 'confirmed', label: 'Confirmed' },
  { value: 'awaited', label: 'Awaited' },
  { value: 'unconfirmed', label: 'Unconfirmed' },
  { value: 'given-back', label: 'Given back' },
];
