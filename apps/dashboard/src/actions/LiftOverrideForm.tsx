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

/** Lifts an override, so that Discord's value applies again. */
export function LiftOverrideForm({ bot, onClose, override }: Props) {
  const [reason, setReason] = useState('');
  const { by, maxConcurrency, reason: why, since } = override.body;
  return (
    <DialogForm
      verb="Lift the override"
      done={`The override of bot ${bot} is lifted.`}
      send={() => liftOverride(bot, override.tag, reason.trim())}
      onClose={onClose}
    >
      <Text size="sm">
        {by} set max_concurrency to {maxConcurrency} at <Moment moment={since} />: “{why}”. Once the
        override is lifted, the value from Discord applies again.
      </Text>
      <ReasonField value={reason} onChange={setReason} />
    </DialogForm>
  );
}
