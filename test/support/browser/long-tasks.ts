import type { BrowserContext, Page } from 'playwright-core';

/** What each page of the context is made to call, with how long a task took, ms. */
const TOLD_AS = 'tellLongTask';

/** The browser tells of every task of more than 50 ms (W3C Long Tasks). */
const OBSERVE = `new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) ${TOLD_AS}(duration);
}).observe({ type: 'longtask', buffered: true })`;

/** Resolves when what was busy is over, two frames have been painted since, and the observer has been told. */
const SETTLED = `new Promise((resolve) => {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 100)));
})`;

/** For how long pages did nothing else, while a test ran: no click, key or frame gets through meanwhile. */
export class LongTasks {
  readonly #lastedMs: number[] = [];

  private constructor() {}

  /** Of all pages that are opened in the context from now on, over all that they load. */
  static async of(context: BrowserContext): Promise<LongTasks> {
    const tasks = new LongTasks();
    await context.exposeFunction(TOLD_AS, (ms: number) => {
      tasks.#lastedMs.push(ms);
    });
    await context.addInitScript(OBSERVE);
    return tasks;
  }

  /** Lets a page do nothing else for so long, ms. */
  static async occupy(page: Page, ms: number): Promise<void> {
    await page.evaluate(`new Promise((resolve) => setTimeout(() => {
      const end = performance.now() + ${ms};
      while (performance.now() < end);
      resolve();
    }))`);
  }

  /** Those so far that took at least so long, ms each. @param page that may be busy still */
  async ofAtLeast(leastMs: number, page: Page): Promise<readonly number[]> {
    await page.evaluate(SETTLED);
    return this.#lastedMs.filter((ms) => ms >= leastMs);
  }
}
