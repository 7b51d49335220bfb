import { type ReactNode, useEffect, useState } from 'react';
import { connectFeed } from './connect-feed.ts';
import { LiveContext } from './live-context.ts';
import { LiveStore } from './live-store.ts';

interface Props {
  readonly onSignedOut: () => void;
  readonly children: ReactNode;
}

/** Keeps the live state coming for as long as it is shown. */
export function LiveProvider({ children, onSignedOut }: Props) {
  const [store] = useState(() => new LiveStore());

  useEffect(() => {
    let isOver = false;
    const tell = connectFeed((message) => {
      if (isOver) return;
      store.hear(message);
      if (message.kind === 'state' && message.state.kind === 'signed-out') onSignedOut();
    });
    const say = { hello: () => tell('hello'), bye: () => tell('bye') };
    // A page that is kept for the way back comes alive again with `pageshow`.
    addEventListener('pageshow', say.hello);
    addEventListener('pagehide', say.bye);
    say.hello();
    return () => {
      isOver = true;
      say.bye();
      removeEventListener('pageshow', say.hello);
      removeEventListener('pagehide', say.bye);
    };
  }, [store, onSignedOut]);

  return <LiveContext value={store}>{children}</LiveContext>;
}
