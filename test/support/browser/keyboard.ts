import type { Page } from 'playwright-core';

/** More presses of Tab than any page has elements to reach. */
const MAX_STEPS = 150;

/** Presses Tab until the focus is on an element with this role whose accessible name begins so. */
export async function tabTo(page: Page, role: string, name: string): Promise<void> {
  const wanted = `${role} "${name}`;
  const passed: string[] = [];
  for (let step = 0; step < MAX_STEPS; step += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    if ((await focused.count()) === 0) continue;
    // The snapshot is YAML, which quotes a text with a colon.
    const said = (await focused.ariaSnapshot()).replace(/^- '?/, '');
    if (said.startsWith(wanted)) return;
    passed.push(said.split('\n', 1)[0] ?? '');
  }
  throw new Error(`Tab does not lead to ${wanted}, but to:\n${passed.join('\n')}`);
}
