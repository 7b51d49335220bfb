import { Anchor, type AnchorProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';

interface Props extends AnchorProps {
  /** A path within the dashboard. */
  readonly href: string;
  readonly children: ReactNode;
}

/** A link to another page of the dashboard. */
export function TextLink({ children, href, ...others }: Props) {
  return (
    <Anchor component={Link} href={href} inherit underline="always" {...others}>
      {children}
    </Anchor>
  );
}
