import '@mantine/core/styles/Table.layer.css';
import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './ScrollTable.module.css';

interface Props {
  /** The table's name for screen readers. */
  readonly label: string;
  /** Below this width, in px, the table scrolls instead of shrinking. */
  readonly minWidth: number;
  /** Limits the width of a table with few and short columns, which would stand too far apart on a wide screen. */
  readonly isNarrow?: boolean;
  readonly children: ReactNode;
}

/** A table that scrolls sideways on a narrow screen, also by keyboard. */
export function ScrollTable({ children, isNarrow = false, label, minWidth }: Props) {
  return (
    <section
      className={classes.frame}
      data-narrow={isNarrow || undefined}
      aria-label={label}
      // A region that scrolls has to be reachable by keyboard (WCAG 2.2, 2.1.1).
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <Table verticalSpacing="xs" miw={minWidth} highlightOnHover className={classes.table ?? ''}>
        {children}
      </Table>
    </section>
  );
}
