import { Text } from '@mantine/core';
import { useState } from 'react';
import { liftOverride } from '../api/limits.ts';
import type { BotLimits } from '../api/schemas.ts';
import { Moment } from '../ui/Moment.tsx';
import { DialogForm } from './DialogForm.tsx';
import { ReasonField } from './ReasonField.tsx';

interface Props {
  readonly bot: string;
  readonly override: NonNullable<BotLimits['override']>;
  readonly onClose: () => void;
}

/** Lets Discord's word hold again. */
export function LiftOverrideForm({ bot, onClose, override }: Props) {
  const [reason, setReason] = useState('');
  return (
    <DialogForm
      verb="Lift the override"
      done={`The override of bot ${bot} is lifted.`}
      order={() => liftOverride(bot, reason.trim())}
      onClose={onClose}
    >
      <Text size="sm">
        {override.by} has put max_concurrency to {override.maxConcurrency}, since{' '}
        <Moment moment={override.since} />: “{override.reason}”. Without it, what Discord says holds
        again.
      </Text>
      <ReasonField value={reason} onChange={setReason} />
    </DialogForm>
  );
}
