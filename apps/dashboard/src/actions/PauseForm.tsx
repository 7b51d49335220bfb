import { NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { pause } from '../api/pauses.ts';
import { nameOf, type Scope } from '../api/scope.ts';
import { DialogForm } from './DialogForm.tsx';
import { DURATIONS } from './durations.ts';
import { ReasonField } from './ReasonField.tsx';

interface Props {
  readonly scope: Scope;
  readonly onClose: () => void;
}

/** Pauses a bot or a bucket. */
export function PauseForm({ onClose, scope }: Props) {
  const [reason, setReason] = useState('');
  const [durationMs, setDurationMs] = useState('');
  const order = () =>
    pause(scope, {
      reason: reason.trim(),
      ...(durationMs !== '' && { durationMs: Number(durationMs) }),
    });
  return (
    <DialogForm
      verb="Pause"
      done={`Paused ${nameOf(scope)}.`}
      isHarmful
      order={order}
      onClose={onClose}
    >
      <Text size="sm">
        No permit is given there, by any replica, until it is resumed. Who waits keeps waiting.
      </Text>
      <ReasonField isRequired value={reason} onChange={setReason} />
      <NativeSelect
        label="For how long"
        data={DURATIONS}
        value={durationMs}
        onChange={({ currentTarget }) => setDurationMs(currentTarget.value)}
      />
    </DialogForm>
  );
}
