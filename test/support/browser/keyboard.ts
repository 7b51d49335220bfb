import type { Page } from 'playwright-core';

/** More than there is to be reached on any page. */
const MAX_STEPS = 150;

/** Goes on with Tab, from where the focus is, until it is on what begins so: its role and name, as a screen reader says them. */
export async function tabTo(page: Page, role: string, name: string): Promise<void> {
  const wanted = `${role} "${name}`;
  const passed: string[] = [];
  for (let step = 0; step < MAX_STEPS; step += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    if ((await focused.count()) === 0) continue;
    // As YAML, which puts into quotes what has a colon in it.
    const said = (await focused.ariaSnapshot()).replace(/^- '?/, '');
    if (said.startsWith(wanted)) return;
    passed.push(said.split('\n', 1)[0] ?? '');
  }
  throw new Error(`Tab does not lead to ${wanted}, but to:\n${passed.join('\n')}`);
}
