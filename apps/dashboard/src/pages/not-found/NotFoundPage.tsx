import { Stack } from '@mantine/core';
import { paths } from '../../app/paths.ts';
import { EmptyMessage } from '../../ui/EmptyMessage.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { TextLink } from '../../ui/TextLink.tsx';

/** Fills the screen at an address that is not a page's. */
export function NotFoundPage() {
  return (
    <Stack>
      <PageHeader title="Not found" />
      <EmptyMessage title="This page does not exist">
        Go to the <TextLink href={paths.overview}>overview</TextLink>.
      </EmptyMessage>
    </Stack>
  );
}
