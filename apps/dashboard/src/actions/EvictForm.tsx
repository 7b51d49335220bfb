import { Text } from '@mantine/core';
import { useState } from 'react';
import type { Waiter } from '../api/schemas.ts';
import { evict, whoOf } from '../api/waiters.ts';
import { DialogForm } from './DialogForm.tsx';
import { ReasonField } from './ReasonField.tsx';

interface Props {
  readonly bot: string;
  readonly waiter: Waiter;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Ends a wait. */
export function EvictForm({ bot, onClose, onDone, waiter }: Props) {
  const [reason, setReason] = useState('');
  const order = async () => {
    await evict(bot, waiter.id, reason.trim());
    onDone();
  };
  return (
    <DialogForm
      verb="Evict"
      done={`Evicted ${whoOf(waiter)} from bucket ${waiter.bucket}.`}
      isHarmful
      order={order}
      onClose={onClose}
    >
      <Text size="sm">
        Its request is ended, and no place is kept. A client that asks again goes to the end of the
        line of bucket {waiter.bucket}.
      </Text>
      <ReasonField value={reason} onChange={setReason} />
    </DialogForm>
  );
}
