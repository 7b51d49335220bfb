import { createTheme } from '@mantine/core';

/**
 * What differs from Mantine's defaults in behaviour. Colors and sizes stand in theme.css, for the policy of the page
 * lets no style element in that is made while it runs.
 */
export const theme = createTheme({
  autoContrast: true,
  cursorType: 'pointer',
  respectReducedMotion: true,
});
