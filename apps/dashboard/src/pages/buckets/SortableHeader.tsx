import { Table, UnstyledButton } from '@mantine/core';
import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import classes from './SortableHeader.module.css';

const ICONS = { none: ArrowUpDown, ascending: ArrowUp, descending: ArrowDown } as const;

interface Props {
  readonly text: string;
  readonly isNumber: boolean;
  readonly direction: keyof typeof ICONS;
  readonly onSort: () => void;
}

/** The header of a column, with a button that sorts by it. */
export function SortableHeader({ direction, isNumber, onSort, text }: Props) {
  const Icon = ICONS[direction];
  return (
    <Table.Th scope="col" aria-sort={direction} data-number={isNumber || undefined}>
      <UnstyledButton className={classes.button ?? ''} onClick={onSort}>
        {text}
        <Icon size={12} aria-hidden className={classes.icon} data-active={direction !== 'none'} />
      </UnstyledButton>
    </Table.Th>
  );
}
