import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useSnapshot } from '../../live/live-context.ts';
import { ACTIONS, type AuditFilter, isAction } from './audit-filter.ts';

/** So long after the last key one has done typing, in ms. */
const DONE_TYPING_MS = 400;

interface Props {
  readonly filter: AuditFilter;
  /** Given what was chosen; all else stays as it is by then. */
  readonly onChange: (chosen: AuditFilter) => void;
}

/** Chooses entries by action, operator and bot. */
export function AuditFilterBar({ filter, onChange }: Props) {
  const bots = Object.keys(useSnapshot()?.bots ?? {});
  // What is being typed; else what is chosen stands in the field, wherever that was done.
  const [typed, setTyped] = useState<string>();
  const choose = useDebouncedCallback((name: string) => {
    setTyped(undefined);
    onChange({ by: name.trim() || undefined });
  }, DONE_TYPING_MS);
  return (
    <Group gap="sm" align="flex-end">
      <NativeSelect
        size="xs"
        label="Action"
        data={[
          { value: '', label: 'All actions' },
          ...Object.entries(ACTIONS).map(([value, label]) => ({ value, label })),
        ]}
        value={filter.action ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ action: isAction(value) ? value : undefined })
        }
      />
      <TextInput
        size="xs"
        label="Operator"
        placeholder="Anybody"
        maxLength={64}
        value={typed ?? filter.by ?? ''}
        onChange={({ currentTarget: { value } }) => {
          setTyped(value);
          choose(value);
        }}
      />
      {bots.length > 1 && (
        <NativeSelect
          size="xs"
          label="Bot"
          data={[{ value: '', label: 'All bots' }, ...bots]}
          value={filter.bot ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onChange({ bot: value === '' ? undefined : value })
          }
        />
      )}
    </Group>
  );
}
