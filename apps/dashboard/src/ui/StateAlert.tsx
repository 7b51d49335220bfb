import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './ProblemAlert.module.css';

interface Props {
  readonly title: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

/** Describes a state that holds shards back and lasts for a while. The Announcer tells screen readers of it, once. */
export function StateAlert({ children, icon, title }: Props) {
  return (
    <Alert
      // Not the role "alert": a screen reader would read it out again at each change of its text.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- there is no tag for it
      role="group"
      title={title}
      icon={icon}
      classNames={classes}
    >
      {children}
    </Alert>
  );
}
