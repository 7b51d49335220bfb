import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Stat.module.css';

interface Props {
  readonly label: string;
  readonly value: ReactNode;
  /** A line in small print below the value. */
  readonly note?: ReactNode;
}

/** One large value with its label. Belongs into Stats. */
export function Stat({ label, note, value }: Props) {
  return (
    <div className={classes.stat}>
      <Text component="dt" size="xs" c="dimmed">
        {label}
      </Text>
      <dd className={classes.definition}>
        <Text component="div" fw={600} size="xl" lh={1.3} className={classes.value ?? ''}>
          {value}
        </Text>
        {note !== undefined && (
          <Text component="div" size="xs" c="dimmed">
            {note}
          </Text>
        )}
      </dd>
    </div>
  );
}

/** Large values side by side, as many in a row as fit. */
export function Stats({ children }: { readonly children: ReactNode }) {
  return <dl className={classes.stats}>{children}</dl>;
}
