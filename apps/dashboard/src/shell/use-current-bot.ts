import { useState } from 'react';
import { useLocation } from 'wouter';
import { botOfPath } from '../app/paths.ts';
import { useLivePart } from '../live/live-context.ts';

/**
 * The bot in the page's path; on other pages the bot that was shown last, or the first bot. Undefined until a bot is known.
 * Call it in one component only, which remembers the bot that was shown last.
 */
export function useCurrentBot(): string | undefined {
  const [path] = useLocation();
  const [last, setLast] = useState<string>();
  const current = botOfPath(path);
  if (current !== undefined && current !== last) setLast(current);
  return useLivePart(({ snapshot }) => {
    const known = Object.keys(snapshot?.bots ?? {});
    return [current, last].find((bot) => bot !== undefined && known.includes(bot)) ?? known[0];
  });
}
