import { Text } from '@mantine/core';
import { useState } from 'react';
import { findPause, isSamePause, resume } from '../api/pauses.ts';
import type { Pause } from '../api/schemas.ts';
import { nameOf, type Scope } from '../api/scope.ts';
import { PauseDescription } from '../ui/PauseDescription.tsx';
import { DialogForm } from './DialogForm.tsx';
import { outdated } from './outdated.ts';
import { ReasonField } from './ReasonField.tsx';

interface Props {
  readonly scope: Scope;
  /** The pause that the page showed when the operator opened the dialog. */
  readonly pause: Pause;
  readonly onClose: () => void;
}

/** Lifts the pause that it shows. It reads the pause again before that, and asks again if another operator has replaced it. */
export function ResumeForm({ onClose, pause, scope }: Props) {
  const [reason, setReason] = useState('');
  const [shown, setShown] = useState(pause);
  const send = async () => {
    const present = await findPause(scope);
    if (present === undefined) {
      throw outdated('Already resumed', 'The pause was lifted or has ended meanwhile.');
    }
    if (!isSamePause(present, shown)) {
      setShown(present);
      throw outdated(
        'The pause has been replaced',
        'Nothing was resumed. The new pause is shown above: resume it only if you mean to.',
      );
    }
    await resume(scope, reason.trim());
  };
  return (
    <DialogForm verb="Resume" done={`Resumed ${nameOf(scope)}.`} send={send} onClose={onClose}>
      <Text size="sm">
        Paused: <PauseDescription pause={shown} />
      </Text>
      <Text size="sm">After the resume, permits continue at once, in the order of the line.</Text>
      <ReasonField value={reason} onChange={setReason} />
    </DialogForm>
  );
}
