import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { override } from '../api/limits.ts';
import { DialogForm } from './DialogForm.tsx';
import { ReasonField } from './ReasonField.tsx';

/** What the API takes at most. */
const MOST = 10_000;

interface Props {
  readonly bot: string;
  /** What holds now, if anything does. */
  readonly present: number | undefined;
  readonly onClose: () => void;
}

/** Puts another number of buckets. */
export function PutOverrideForm({ bot, onClose, present }: Props) {
  const [text, setText] = useState(present === undefined ? '' : String(present));
  const [reason, setReason] = useState('');
  return (
    <DialogForm
      verb="Override"
      done={`max_concurrency of bot ${bot} is ${text} now.`}
      isHarmful
      order={() => override(bot, { maxConcurrency: Number(text), reason: reason.trim() })}
      onClose={onClose}
    >
      <Text size="sm">
        It goes before what Discord says, until it is lifted. More than Discord allows leads to
        Invalid Sessions.
      </Text>
      <TextInput
        label="max_concurrency"
        description="The number of buckets, from 1 to 10,000."
        type="number"
        required
        min={1}
        max={MOST}
        step={1}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <ReasonField isRequired value={reason} onChange={setReason} />
    </DialogForm>
  );
}
