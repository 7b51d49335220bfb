import { createTheme } from '@mantine/core';

/**
 * Behaviour that differs from Mantine's defaults. Colors and sizes are in theme.css, because the page's policy forbids the
 * style elements that Mantine would make for them at run time.
 */
export const theme = createTheme({
  autoContrast: true,
  cursorType: 'pointer',
  respectReducedMotion: true,
});
