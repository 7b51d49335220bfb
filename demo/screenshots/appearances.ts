import type { BrowserContextOptions } from 'playwright-core';

/** How a page is looked at. */
export interface Look {
  /** Behind the view's name in that of the picture. */
  readonly name: string;
  readonly context: BrowserContextOptions;
}

const DESKTOP = { width: 1280, height: 800 } as const;
const PHONE = { width: 390, height: 844 } as const;

export const LOOKS: readonly Look[] = [
  { name: 'light', context: { viewport: DESKTOP, colorScheme: 'light' } },
  { name: 'dark', context: { viewport: DESKTOP, colorScheme: 'dark' } },
  { name: 'phone', context: { viewport: PHONE, colorScheme: 'light', hasTouch: true } },
];
