import type { BrowserContext, Page } from 'playwright-core';

/** The function that each page of the context calls with the duration of a long task, in ms. */
const REPORT_FUNCTION = 'reportLongTask';

/** The browser reports every task of more than 50 ms (W3C Long Tasks). */
const OBSERVE = `new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) ${REPORT_FUNCTION}(duration);
}).observe({ type: 'longtask', buffered: true })`;

/** Resolves once the present task is over, two frames have been painted since, and the observer has its report. */
const SETTLED = `new Promise((resolve) => {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 100)));
})`;

/** The long tasks of pages during a test: while one runs, the page handles no click or key and paints no frame. */
export class LongTasks {
  readonly #durationsMs: number[] = [];

  private constructor() {}

  /** Observes all pages that open in the context from now on, also after a reload. */
  static async of(context: BrowserContext): Promise<LongTasks> {
    const tasks = new LongTasks();
    await context.exposeFunction(REPORT_FUNCTION, (ms: number) => {
      tasks.#durationsMs.push(ms);
    });
    await context.addInitScript(OBSERVE);
    return tasks;
  }

  /** Blocks a page for this long, in ms. */
  static async occupy(page: Page, ms: number): Promise<void> {
    await page.evaluate(`new Promise((resolve) => setTimeout(() => {
      const end = performance.now() + ${ms};
      while (performance.now() < end);
      resolve();
    }))`);
  }

  /** The durations of the tasks so far of at least `minMs`. @param page a page that may still be busy */
  async ofAtLeast(minMs: number, page: Page): Promise<readonly number[]> {
    await page.evaluate(SETTLED);
    return this.#durationsMs.filter((ms) => ms >= minMs);
  }
}
