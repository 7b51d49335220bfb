import { Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useEnvironment } from '../session/use-environment.ts';

interface Props {
  readonly title: string;
  readonly description?: ReactNode;
  /** What may be done on the page. */
  readonly children?: ReactNode;
}

/** The page's heading; names the tab after it too. */
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
