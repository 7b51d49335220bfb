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
  /** The pause that was shown. */
  readonly pause: Pause;
  readonly onClose: () => void;
}

/** Lifts the pause that it shows: it looks again right before, and asks again when there is another. */
export function ResumeForm({ onClose, pause, scope }: Props) {
  const [reason, setReason] = useState('');
  const [shown, setShown] = useState(pause);
  const order = async () => {
    const present = await findPause(scope);
    if (present === undefined) {
      throw outdated('It is not paused any more', 'There is nothing left to resume.');
    }
    if (!isSamePause(present, shown)) {
      setShown(present);
      throw outdated(
        'There is another pause by now',
        'Nothing was resumed. The new pause is shown above: resume it only if that is what you want.',
      );
    }
    await resume(scope, reason.trim());
  };
  return (
    <DialogForm verb="Resume" done={`Resumed ${nameOf(scope)}.`} order={order} onClose={onClose}>
      <Text size="sm">
        Paused: <PauseDescription pause={shown} />
      </Text>
      <Text size="sm">
        Once it is resumed, permits are given there again at once, to those who wait first.
      </Text>
      <ReasonField value={reason} onChange={setReason} />
    </DialogForm>
  );
}
