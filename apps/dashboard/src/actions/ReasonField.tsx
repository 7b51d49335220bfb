import { TextInput } from '@mantine/core';

/** The API's limit. */
const MAX_CHARACTERS = 500;

interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isRequired?: boolean;
}

/** Asks for the reason of an action. The API takes one line, so Enter submits. */
export function ReasonField({ isRequired = false, onChange, value }: Props) {
  return (
    <TextInput
      label={isRequired ? 'Reason' : 'Reason (optional)'}
      description="One line. Other operators and the audit log see it."
      required={isRequired}
      data-autofocus
      // Mantine moves the focus when the dialog opens; a form that loads data first appears later.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      maxLength={MAX_CHARACTERS}
      value={value}
      // Browsers turn pasted line breaks into spaces, but keep tabs, which the API refuses.
      onChange={({ currentTarget }) => onChange(currentTarget.value.replaceAll(/\p{Cc}/gu, ' '))}
    />
  );
}
