import '@mantine/core/styles/Table.layer.css';
import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './ScrollTable.module.css';

interface Props {
  /** What is in it, for who cannot see it. */
  readonly label: string;
  /** Below this width in px it is scrolled instead of squeezed. */
  readonly minWidth: number;
  /** Whether its columns are few and short, and would lie too far apart on a wide screen. */
  readonly isNarrow?: boolean;
  readonly children: ReactNode;
}

/** A table that scrolls by itself where the screen is narrow, also by keyboard. */
export function ScrollTable({ children, isNarrow = false, label, minWidth }: Props) {
  return (
    <section
      className={classes.frame}
      data-narrow={isNarrow || undefined}
      aria-label={label}
      // What scrolls has to be reachable by keyboard (WCAG 2.2, 2.1.1).
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <Table verticalSpacing="xs" miw={minWidth} highlightOnHover className={classes.table ?? ''}>
        {children}
      </Table>
    </section>
  );
}
