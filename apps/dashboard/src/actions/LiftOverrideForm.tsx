import { Text } from '@mantine/core';
import { useState } from 'react';
import { liftOverride } from '../api/limits.ts';
import type { Tagged } from '../api/request.ts';
import type { Override } from '../api/schemas.ts';
import { Moment } from '../time/Moment.tsx';
import { DialogForm } from './DialogForm.tsx';
import { ReasonField } from './ReasonField.tsx';

interface Props {
  readonly bot: string;
  readonly override: Tagged<Override>;
  readonly onClose: () => void;
}

/** Lets Discord's word hold again. */
export function LiftOverrideForm({ bot, onClose, override }: Props) {
  const [reason, setReason] = useState('');
  const { by, maxConcurrency, reason: why, since } = override.body;
  return (
    <DialogForm
      verb="Lift the override"
      done={`The override of bot ${bot} is lifted.`}
      order={() => liftOverride(bot, override.tag, reason.trim())}
      onClose={onClose}
    >
      <Text size="sm">
        {by} has put max_concurrency to {maxConcurrency}, since <Moment moment={since} />: “{why}”.
        Without it, what Discord says holds again.
      </Text>
      <ReasonField value={reason} onChange={setReason} />
    </DialogForm>
  );
}
