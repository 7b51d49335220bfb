import { Switch } from '@mantine/core';
import { useContext } from 'react';
import { LiveContext, useLivePart } from '../live/live-context.ts';
import { useNow } from '../time/use-now.ts';

/** Freezes the page, so that it can be read without changing. */
export function FreezeSwitch() {
  const store = useContext(LiveContext);
  const isFrozen = useLivePart(({ frozenAt }) => frozenAt !== undefined);
  const now = useNow();
  return (
    <Switch
      size="sm"
      label="Freeze"
      checked={isFrozen}
      onChange={({ currentTarget }) => {
        if (currentTarget.checked) store.freeze(now);
        else store.unfreeze();
      }}
    />
  );
}
