import { paths } from '../app/paths.ts';
import { Nothing } from './Nothing.tsx';
import { TextLink } from './TextLink.tsx';

/** What is shown of a bot that is not served here. */
export function UnknownBot({ id }: { readonly id: string }) {
  return (
    <Nothing title={`No bot ${id} is served here`}>
      The <TextLink href={paths.overview}>overview</TextLink> lists those that are.
    </Nothing>
  );
}
