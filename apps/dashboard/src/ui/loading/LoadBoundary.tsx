import { Button, Center, Stack, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { isFailedImport } from './is-failed-import.ts';

interface Props {
  readonly children: ReactNode;
  /** Of what stands in for them. */
  readonly className?: string | undefined;
}

interface State {
  readonly failure: 'none' | 'import' | 'fault';
}

/**
 * Stands in for what could not be shown. Its parts are loaded when they are needed, by names that have the hash of their content:
 * after an update of the service the old ones are gone. Anything else is a fault of the page; React writes it to the
 * console.
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
            Load again
          </Button>
        </Stack>
      </Center>
    );
  }
}

const WORDS = {
  import: {
    title: 'This part of the dashboard could not be loaded',
    text: 'The service was probably updated since, or cannot be reached. Load the page again to have the new one.',
  },
  fault: {
    title: 'This part of the dashboard has failed',
    text: "It is a fault of the page, not of what you did. Load the page again; if that does not help, the browser's console says what to report.",
  },
} as const;
