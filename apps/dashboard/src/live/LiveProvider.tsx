import { type ReactNode, useEffect, useState } from 'react';
import { connectFeed } from './connect-feed.ts';
import { LiveContext } from './live-context.ts';
import { LiveStore } from './live-store.ts';

interface Props {
  readonly onSignedOut: () => void;
  readonly children: ReactNode;
}

/** Follows the live state while it is on the page. */
export function LiveProvider({ children, onSignedOut }: Props) {
  const [store] = useState(() => new LiveStore());

  useEffect(() => {
    let isOver = false;
    const send = connectFeed((message) => {
      if (isOver) return;
      store.receive(message);
      if (message.kind === 'state' && message.state.kind === 'signed-out') onSignedOut();
    });
    const join = () => send('join');
    const leave = () => send('leave');
    // A page in the browser's back/forward cache becomes active again with `pageshow`.
    addEventListener('pageshow', join);
    addEventListener('pagehide', leave);
    join();
    return () => {
      isOver = true;
      leave();
      removeEventListener('pageshow', join);
      removeEventListener('pagehide', leave);
    };
  }, [store, onSignedOut]);

  return <LiveContext value={store}>{children}</LiveContext>;
}
