import { Textarea } from '@mantine/core';

/** What the API takes at most, in characters. */
const MOST_CHARACTERS = 500;

interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isRequired?: boolean;
}

/** Asks why. */
export function ReasonField({ isRequired = false, onChange, value }: Props) {
  return (
    <Textarea
      label={isRequired ? 'Reason' : 'Reason (optional)'}
      description="For the others and for the audit log."
      required={isRequired}
      data-autofocus
      maxLength={MOST_CHARACTERS}
      rows={2}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
