import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useSnapshot } from '../../live/live-context.ts';
import { AUDIT_ACTIONS, isAuditAction } from './audit-actions.ts';
import type { AuditFilter } from './audit-filter.ts';

/** The filter applies this long after the last key, in ms. */
const TYPING_DELAY_MS = 400;

interface Props {
  readonly filter: AuditFilter;
  /** Called with the changed fields; the others keep their value. */
  readonly onChange: (changed: AuditFilter) => void;
}

/** Filters the audit log by action, operator and bot. */
export function AuditFilterBar({ filter, onChange }: Props) {
  const bots = Object.keys(useSnapshot()?.bots ?? {});
  // The text while the user types; undefined shows the filter's value, which the address may change as well.
  const [typed, setTyped] = useState<string>();
  const choose = useDebouncedCallback((name: string) => {
    setTyped(undefined);
    onChange({ by: name.trim() || undefined });
  }, TYPING_DELAY_MS);
  return (
    <Group gap="sm" align="flex-end">
      <NativeSelect
        size="xs"
        label="Action"
        data={[
          { value: '', label: 'All actions' },
          ...Object.entries(AUDIT_ACTIONS).map(([value, { text }]) => ({ value, label: text })),
        ]}
        value={filter.action ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ action: isAuditAction(value) ? value : undefined })
        }
      />
      <TextInput
        size="xs"
        label="Operator"
        placeholder="All operators"
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
