import { useState } from 'react';
import { useLocation } from 'wouter';
import { botOfPath } from '../app/paths.ts';
import { useSnapshot } from '../live/live-context.ts';

/** The bot that is looked at, or was last; else the first there is. Undefined until one is known. */
export function useCurrentBot(): string | undefined {
  const [path] = useLocation();
  const snapshot = useSnapshot();
  const [last, setLast] = useState<string>();
  const here = botOfPath(path);
  if (here !== undefined && here !== last) setLast(here);
  const known = Object.keys(snapshot?.bots ?? {});
  return [here, last].find((bot) => bot !== undefined && known.includes(bot)) ?? known[0];
}
