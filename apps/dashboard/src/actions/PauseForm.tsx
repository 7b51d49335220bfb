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

/** Pauses a bot or a bucket. Replaces a pause only once it has shown it. */
export function PauseForm({ onClose, scope }: Props) {
  const [reason, setReason] = useState('');
  const [durationMs, setDurationMs] = useState('');
  const [replaced, setReplaced] = useState<Pause>();
  const order = async () => {
    const present = await findPause(scope);
    setReplaced(present);
    if (present !== undefined && !(replaced && isSamePause(present, replaced))) {
      throw outdated(
        'It has been paused meanwhile',
        'Nothing was changed. That pause is shown above: replace it with yours only if that is what you want.',
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
      order={order}
      onClose={onClose}
    >
      <Text size="sm">
        No permit is given there, by any replica, until it is resumed. Who waits keeps waiting.
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
