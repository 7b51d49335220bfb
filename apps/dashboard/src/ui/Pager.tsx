import { Button, Group } from '@mantine/core';

interface Props<Cursor> {
  /** The cursor of each page up to the present one; empty on the first page. */
  readonly cursors: readonly Cursor[];
  /** The cursor of the next page; undefined on the last page. */
  readonly next: Cursor | undefined;
  readonly labels: { readonly previous: string; readonly next: string };
  readonly onChange: (cursors: readonly Cursor[]) => void;
}

/** Buttons to the previous and the next page of a list that the API pages by cursors. Empty when there is one page only. */
export function Pager<Cursor>({ cursors, labels, next, onChange }: Props<Cursor>) {
  if (cursors.length === 0 && next === undefined) return null;
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        disabled={cursors.length === 0}
        onClick={() => onChange(cursors.slice(0, -1))}
      >
        {labels.previous}
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={next === undefined}
        onClick={() => next !== undefined && onChange([...cursors, next])}
      >
        {labels.next}
      </Button>
    </Group>
  );
}
