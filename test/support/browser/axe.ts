import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** The accessibility rules that the page breaks as it is now, each with the elements that break it. */
export async function axeViolations(page: Page): Promise<string[]> {
  // The page's policy forbids both as scripts, but not code that a debugger evaluates.
  await page.evaluate(axe.source);
  const { violations }: axe.AxeResults = await page.evaluate('axe.run(document)');
  return violations.map(({ id, nodes }) => {
    const where = nodes.map(
      ({ failureSummary, target }) => `${target.join(' ')}: ${failureSummary}`,
    );
    return `${id}\n${where.join('\n')}`;
  });
}
