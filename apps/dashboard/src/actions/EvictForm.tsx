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

/** Evicts a waiter. */
export function EvictForm({ bot, onClose, onDone, waiter }: Props) {
  const [reason, setReason] = useState('');
  const send = async () => {
    await evict(bot, waiter.id, reason.trim());
    onDone();
  };
  return (
    <DialogForm
      verb="Evict"
      done={`Evicted ${whoOf(waiter)} from bucket ${waiter.bucket}.`}
      isHarmful
      send={send}
      onClose={onClose}
    >
      <Text size="sm">
        The request ends without a permit, and its place is not kept. If the client asks again, it
        joins the end of the line of bucket {waiter.bucket}.
      </Text>
      <ReasonField value={reason} onChange={setReason} />
    </DialogForm>
  );
}
