import { Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useEnvironment } from '../session/use-environment.ts';

interface Props {
  readonly title: string;
  readonly description?: ReactNode;
  /** The page's buttons and selects. */
  readonly children?: ReactNode;
}

/** The page's heading. Sets the browser tab's title as well. */
export function PageHeader({ children, description, title }: Props) {
  const environment = useEnvironment();
  useEffect(() => {
    document.title = `${title} · gateway-queue · ${environment}`;
  }, [environment, title]);
  return (
    <Group justify="space-between" align="flex-end" gap="sm">
      <div>
        <Title order={1} size="h2">
          {title}
        </Title>
        {description !== undefined && (
          <Text c="dimmed" size="sm" component="div">
            {description}
          </Text>
        )}
      </div>
      {children !== undefined && <Group gap="xs">{children}</Group>}
    </Group>
  );
}
