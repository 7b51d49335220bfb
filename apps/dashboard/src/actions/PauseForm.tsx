import { NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { findPause, isSamePause, pause } from '../api/pauses.ts';
import type { Pause } from '../api/schemas.ts';
import { nameOf, type Scope } from '../api/scope.ts';
import { PauseDescription } from '../ui/PauseDescription.tsx';
import { DialogForm } from './DialogForm.tsx';
import { DURATIONS } from './durations.ts';
import { outdated } from './outdated.ts';
import { ReasonField } from './ReasonField.tsx';

interface Props {
  readonly scope: Scope;
  readonly onClose: () => void;
}

/** Pauses a bot or a bucket. Replaces another operator's pause only after it has shown that pause. */
export function PauseForm({ onClose, scope }: Props) {
  const [reason, setReason] = useState('');
  const [durationMs, setDurationMs] = useState('');
  const [replaced, setReplaced] = useState<Pause>();
  const send = async () => {
    const present = await findPause(scope);
    setReplaced(present);
    if (present !== undefined && !(replaced && isSamePause(present, replaced))) {
      throw outdated(
        'Already paused',
        'Your pause was not set, because another one exists by now. It is shown above: replace it only if you mean to.',
      );
    }
    await pause(scope, {
      reason: reason.trim(),
      ...(durationMs !== '' && { durationMs: Number(durationMs) }),
    });
  };
  return (
    <DialogForm
      verb={replaced === undefined ? 'Pause' : 'Replace the pause'}
      done={`Paused ${nameOf(scope)}.`}
      isHarmful
      send={send}
      onClose={onClose}
    >
      <Text size="sm">
        No replica grants a permit there until an operator resumes it. Requests keep waiting.
      </Text>
      {replaced !== undefined && (
        <Text size="sm">
          Paused: <PauseDescription pause={replaced} />
        </Text>
      )}
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
