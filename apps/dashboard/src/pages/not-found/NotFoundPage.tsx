import { Stack } from '@mantine/core';
import { paths } from '../../app/paths.ts';
import { EmptyMessage } from '../../ui/EmptyMessage.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { TextLink } from '../../ui/TextLink.tsx';

/** What is shown for an address that leads nowhere. */
export function NotFoundPage() {
  return (
    <Stack>
      <PageHeader title="Not found" />
      <EmptyMessage title="There is nothing at this address">
        Go to the <TextLink href={paths.overview}>overview</TextLink> and look from there.
      </EmptyMessage>
    </Stack>
  );
}
