import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What is wrong on the page as it is now, for those who cannot see it, or cannot use a mouse: each rule with what breaks it. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Neither is let in by the page's policy when it comes as a script; what a debugger evaluates is.
  await page.evaluate(axe.source);
  const { violations }: axe.AxeResults = await page.evaluate('axe.run(document)');
  return violations.map(({ id, nodes }) => {
    const where = nodes.map(
      ({ failureSummary, target }) => `${target.join(' ')}: ${failureSummary}`,
    );
    return `${id}\n${where.join('\n')}`;
  });
}
