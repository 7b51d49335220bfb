/** The messages of Chromium, Firefox and Safari for a module that failed to load, and of Vite for the module's style sheet. */
const MESSAGES =
  /dynamically imported module|Importing a module script failed|Unable to preload CSS/i;

/** Whether a part of the page could not be loaded. Browsers give such an error no type or code: only its message differs. */
export function isFailedImport(error: unknown): boolean {
  return error instanceof Error && MESSAGES.test(error.message);
}
