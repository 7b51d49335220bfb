import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { override } from '../api/limits.ts';
import { DialogForm } from './DialogForm.tsx';
import { ReasonField } from './ReasonField.tsx';

/** The API's limit. */
const MAX_BUCKETS = 10_000;

/** The description of the field while Discord's value is not known. */
const ANY_NUMBER = 'The number of buckets, from 1 to 10,000.';

interface Props {
  readonly bot: string;
  /** The max_concurrency in force; undefined while the limits are unknown. */
  readonly present: number | undefined;
  /** Discord's own; undefined while it is not known. */
  readonly discords: number | undefined;
  readonly onClose: () => void;
}

/** Overrides the number of buckets. */
export function PutOverrideForm({ bot, discords, onClose, present }: Props) {
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
        The override replaces the value from Discord until an operator lifts it. It has to divide
        that value: otherwise shards of one of Discord's buckets identify at once, which leads to
        Invalid Sessions.
      </Text>
      <TextInput
        label="max_concurrency"
        description={
          discords === undefined
            ? ANY_NUMBER
            : `The number of buckets, a divisor of the ${discords} from Discord: ${divisorsOf(discords).join(', ')}.`
        }
        type="number"
        required
        min={1}
        max={discords ?? MAX_BUCKETS}
        step={1}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <ReasonField isRequired value={reason} onChange={setReason} />
    </DialogForm>
  );
}

function divisorsOf(discords: number): number[] {
  const numbers = Array.from({ length: discords }, (_, index) => index + 1);
  return numbers.filter((number) => discords % number === 0);
}
