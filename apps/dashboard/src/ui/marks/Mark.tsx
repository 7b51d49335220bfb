import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Mark.module.css';

/** How good it is, what a mark says. */
export type Tone = 'good' | 'info' | 'warning' | 'bad' | 'quiet';

interface Props {
  readonly tone: Tone;
  readonly children: ReactNode;
  readonly title?: string;
}

/** A short word in a colored field. The word says it all; the color only helps to find it. */
export function Mark({ children, title, tone }: Props) {
  return (
    <Badge
      classNames={{ root: classes.root ?? '', label: classes.label ?? '' }}
      data-tone={tone}
      radius="sm"
      title={title}
    >
      {children}
    </Badge>
  );
}
