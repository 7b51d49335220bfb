import type { BrowserContextOptions } from 'playwright-core';

/** A color scheme and a screen size in which pages are shown. */
export interface Appearance {
  /** The last part of the picture's file name, after the view's name. */
  readonly name: string;
  readonly context: BrowserContextOptions;
}

const DESKTOP = { width: 1280, height: 800 } as const;
const PHONE = { width: 390, height: 844 } as const;

export const APPEARANCES: readonly Appearance[] = [
  { name: 'light', context: { viewport: DESKTOP, colorScheme: 'light' } },
  { name: 'dark', context: { viewport: DESKTOP, colorScheme: 'dark' } },
  { name: 'phone', context: { viewport: PHONE, colorScheme: 'light', hasTouch: true } },
];
