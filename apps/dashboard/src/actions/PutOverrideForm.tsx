import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { override } from '../api/limits.ts';
import { DialogForm } from './DialogForm.tsx';
import { ReasonField } from './ReasonField.tsx';

/** The API's limit. */
const MAX_BUCKETS = 10_000;

interface Props {
  readonly bot: string;
  /** The max_concurrency in force; undefined while the limits are unknown. */
  readonly present: number | undefined;
  readonly onClose: () => void;
}

/** Overrides the number of buckets. */
export function PutOverrideForm({ bot, onClose, present }: Props) {
  const [text, setText] = useState(present === undefined ? '' : String(present));
  const [reason, setReason] = useState('');
  return (
    <DialogForm
      verb="Override"
      done={`max_concurrency of bot ${bot} is now ${text}.`}
      isHarmful
      send={() => override(bot, { maxConcurrency: Number(text), reason: reason.trim() })}
      onClose={onClose}
    >
      <Text size="sm">
        The override replaces the value from Discord until an operator lifts it. A larger value than
        Discord's leads to Invalid Sessions.
      </Text>
      <TextInput
        label="max_concurrency"
        description="The number of buckets, from 1 to 10,000."
        type="number"
        required
        min={1}
        max={MAX_BUCKETS}
        step={1}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <ReasonField isRequired value={reason} onChange={setReason} />
    </DialogForm>
  );
}
