import '@mantine/core/styles/EmptyState.layer.css';
import { EmptyState, Text } from '@mantine/core';
import { Inbox } from 'lucide-react';
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  /** What to do, or why there is nothing to do. */
  readonly children: ReactNode;
}

/** Fills a list, table or page that has no content. */
export function EmptyMessage({ children, title }: Props) {
  return (
    <EmptyState size="sm" py="xl" icon={<Inbox aria-hidden />}>
      <Text fw={600}>{title}</Text>
      <Text size="sm" c="dimmed" ta="center">
        {children}
      </Text>
    </EmptyState>
  );
}
