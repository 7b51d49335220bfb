import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Mark.module.css';

/** How good or bad the state is that a mark names. */
export type Tone = 'good' | 'info' | 'warning' | 'bad' | 'quiet';

interface Props {
  readonly tone: Tone;
  readonly children: ReactNode;
  readonly title?: string;
}

/** A short word on a colored background. The word alone carries the meaning; the color only helps to find it. */
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
