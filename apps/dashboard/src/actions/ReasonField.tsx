import { TextInput } from '@mantine/core';

/** What the API takes at most, in characters. */
const MAX_CHARACTERS = 500;

interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isRequired?: boolean;
}

/** Asks why. One line, as the API takes it: Enter submits. */
export function ReasonField({ isRequired = false, onChange, value }: Props) {
  return (
    <TextInput
      label={isRequired ? 'Reason' : 'Reason (optional)'}
      description="One line, for the others and for the audit log."
      required={isRequired}
      data-autofocus
      // Mantine puts the cursor there when the dialog opens; a form that is loaded first comes later than that.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      maxLength={MAX_CHARACTERS}
      value={value}
      // Browsers make spaces of pasted line breaks, and leave tabs, which the API refuses.
      onChange={({ currentTarget }) => onChange(currentTarget.value.replaceAll(/\p{Cc}/gu, ' '))}
    />
  );
}
