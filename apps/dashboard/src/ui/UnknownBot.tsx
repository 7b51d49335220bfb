import { paths } from '../app/paths.ts';
import { EmptyMessage } from './EmptyMessage.tsx';
import { TextLink } from './TextLink.tsx';

/** What is shown of a bot that is not served here. */
export function UnknownBot({ id }: { readonly id: string }) {
  return (
    <EmptyMessage title={`No bot ${id} is served here`}>
      The <TextLink href={paths.overview}>overview</TextLink> lists those that are.
    </EmptyMessage>
  );
}
