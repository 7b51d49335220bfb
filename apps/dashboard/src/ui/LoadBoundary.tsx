import { Button, Center, Stack, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly failed: boolean;
}

/**
 * Stands in for what could not be shown. Its parts are loaded when they are needed, by names that have the hash of their content:
 * after an update of the service the old ones are gone.
 */
export class LoadBoundary extends Component<Props, State> {
  override readonly state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Center role="alert" mih={160} p="md">
        <Stack align="center" gap="sm">
          <Text fw={600}>This part of the dashboard could not be loaded</Text>
          <Text size="sm" ta="center">
            The service was probably updated since. Load the page again to have the new one.
          </Text>
          <Button color="blue.8" onClick={() => location.reload()}>
            Load again
          </Button>
        </Stack>
      </Center>
    );
  }
}
