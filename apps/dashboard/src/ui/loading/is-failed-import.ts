/** What Chromium, Firefox and Safari call a module that could not be loaded, and Vite a style sheet that came with one. */
const MESSAGES =
  /dynamically imported module|Importing a module script failed|Unable to preload CSS/i;

/** Whether a part of the page could not be loaded. Browsers tell that apart by nothing but words. */
export function isFailedImport(error: unknown): boolean {
  return error instanceof Error && MESSAGES.test(error.message);
}
