import { paths } from '../app/paths.ts';
import { EmptyMessage } from './EmptyMessage.tsx';
import { TextLink } from './TextLink.tsx';

/** Fills the page of a bot that the service does not have. */
export function UnknownBot({ id }: { readonly id: string }) {
  return (
    <EmptyMessage title={`This service has no bot ${id}`}>
      The <TextLink href={paths.overview}>overview</TextLink> lists all its bots.
    </EmptyMessage>
  );
}
