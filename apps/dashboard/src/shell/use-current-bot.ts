import { useState } from 'react';
import { useLocation } from 'wouter';
import { botOfPath } from '../app/paths.ts';
import { useLivePart } from '../live/live-context.ts';

/**
 * The bot that is looked at, or was last; else the first there is. Undefined until one is known. To be called in one
 * place: what was looked at last is remembered there.
 */
export function useCurrentBot(): string | undefined {
  const [path] = useLocation();
  const [last, setLast] = useState<string>();
  const here = botOfPath(path);
  if (here !== undefined && here !== last) setLast(here);
  return useLivePart(({ snapshot }) => {
    const known = Object.keys(snapshot?.bots ?? {});
    return [here, last].find((bot) => bot !== undefined && known.includes(bot)) ?? known[0];
  });
}
