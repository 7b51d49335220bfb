import { Text } from '@mantine/core';
import { useState } from 'react';
import { resume } from '../api/pauses.ts';
import { nameOf, type Scope } from '../api/scope.ts';
import { DialogForm } from './DialogForm.tsx';
import { ReasonField } from './ReasonField.tsx';

interface Props {
  readonly scope: Scope;
  readonly onClose: () => void;
}

/** Lifts a pause. */
export function ResumeForm({ onClose, scope }: Props) {
  const [reason, setReason] = useState('');
  return (
    <DialogForm
      verb="Resume"
      done={`Resumed ${nameOf(scope)}.`}
      order={() => resume(scope, reason.trim())}
      onClose={onClose}
    >
      <Text size="sm">Permits are given there again at once, to those who wait first.</Text>
      <ReasonField value={reason} onChange={setReason} />
    </DialogForm>
  );
}
