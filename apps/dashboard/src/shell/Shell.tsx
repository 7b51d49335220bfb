import type { ReactNode } from 'react';
import { Announcer } from './Announcer.tsx';
import { Header } from './Header.tsx';
import { LimiterAlert } from './LimiterAlert.tsx';
import { Navigation } from './Navigation.tsx';
import { PausedBanner } from './pauses/PausedBanner.tsx';
import classes from './Shell.module.css';
import { SkipLink } from './SkipLink.tsx';
import { StaleBar } from './StaleBar.tsx';
import { useCurrentBot } from './use-current-bot.ts';
import { useFocusOnNavigation } from './use-focus-on-navigation.ts';
import { useScrollPadding } from './use-scroll-padding.ts';

/** The frame around every page. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const main = useFocusOnNavigation();
  const bot = useCurrentBot();
  const top = useScrollPadding();
  return (
    <div className={classes.shell}>
      <SkipLink />
      <Header bot={bot} />
      <div ref={top} className={classes.top}>
        <Navigation bot={bot} />
        <StaleBar />
      </div>
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <LimiterAlert />
        <PausedBanner />
        {children}
      </main>
      <Announcer />
    </div>
  );
}
