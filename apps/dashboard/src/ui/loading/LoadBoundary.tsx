import { Button, Center, Stack, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { isFailedImport } from './is-failed-import.ts';

interface Props {
  readonly children: ReactNode;
  /** Class of the message that replaces the children after a failure. */
  readonly className?: string | undefined;
}

interface State {
  readonly failure: 'none' | 'import' | 'fault';
}

/**
 * Shows a message in place of children that failed. Parts of the page are loaded on demand, under names with a hash of their
 * content, and an update of the service removes the old files. Any other error is a fault of the page, which React writes to
 * the console.
 */
export class LoadBoundary extends Component<Props, State> {
  override readonly state: State = { failure: 'none' };

  static getDerivedStateFromError(error: unknown): State {
    return { failure: isFailedImport(error) ? 'import' : 'fault' };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === 'none') return this.props.children;
    const { text, title } = WORDS[failure];
    return (
      <Center role="alert" mih={160} p="md" className={this.props.className ?? ''}>
        <Stack align="center" gap="sm">
          <Text fw={600}>{title}</Text>
          <Text size="sm" ta="center">
            {text}
          </Text>
          <Button color="blue.8" onClick={() => location.reload()}>
            Reload the page
          </Button>
        </Stack>
      </Center>
    );
  }
}

const WORDS = {
  import: {
    title: 'This part of the dashboard could not be loaded',
    text: 'The service was probably updated, or cannot be reached. Reload the page to get the current version.',
  },
  fault: {
    title: 'This part of the dashboard has failed',
    text: "This is a fault of the page, not of what you did. Reload the page. If it fails again, report what the browser's console says.",
  },
} as const;
