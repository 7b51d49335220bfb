import type { BrowserContext, Locator, Page } from 'playwright-core';

/** The time that the page has to show the result of an action, in ms. */
const TIMEOUT_MS = 20_000;

/** The dashboard in a browser tab, as a user sees and uses it. */
export class DashboardTab {
  /** The errors in the browser's console, such as violations of the page's policy. */
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly url: string,
  ) {
    page.setDefaultTimeout(TIMEOUT_MS);
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      // The browser logs every answer with an error status, also those that a test provokes.
      const isAnswer = message.text().startsWith('Failed to load resource:');
      if (message.type() === 'error' && !isAnswer) this.complaints.push(message.text());
    });
  }

  /**
   * Opens a page in a new tab. Without a session it leads to the login page.
   *
   * @param url of the service
   * @param view the path behind `/dashboard`
   */
  static async open(context: BrowserContext, url: string, view = '/'): Promise<DashboardTab> {
    const tab = new DashboardTab(await context.newPage(), url);
    await tab.goTo(view);
    return tab;
  }

  /** Opens a page in a new tab with a session. Resolves once the page is live. */
  static async live(
    context: BrowserContext,
    url: string,
    view: string,
    token: string,
  ): Promise<DashboardTab> {
    await DashboardTab.session(context, url, token);
    const tab = await DashboardTab.open(context, url, view);
    await tab.says('Live');
    return tab;
  }

  /** Loads a page as through the address bar. */
  async goTo(view: string): Promise<void> {
    await this.page.goto(this.addressOf(view));
  }

  addressOf(view: string): string {
    return `${this.url}/dashboard${view}`;
  }

  /** Logs in without the login page, for all tabs of the browser context. */
  static async session(context: BrowserContext, url: string, token: string): Promise<void> {
    const answer = await context.request.post(`${url}/api/v1/session`, { data: { token } });
    if (!answer.ok()) throw new Error(`The login was answered ${answer.status()}`);
  }

  /** Fills in a token and presses Enter. */
  async logIn(token: string): Promise<void> {
    await this.tokenField.fill(token);
    await this.page.keyboard.press('Enter');
  }

  /** The token field of the login page. */
  get tokenField(): Locator {
    return this.page.getByLabel(/^Token/);
  }

  /** Resolves once the tab shows the page with this heading. */
  async shows(heading: string | RegExp): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: heading }).waitFor();
  }

  /** Resolves once the header shows this state of the connection. */
  async says(state: 'Live' | 'Stale' | 'Frozen' | 'No answer'): Promise<void> {
    await this.page.getByRole('banner').getByText(state, { exact: true }).waitFor();
  }

  /** Resolves once the page of all buckets shows this count of waiters for a bucket. */
  async showsDepth(bucket: number, waiting: string): Promise<void> {
    const name = new RegExp(`^Bucket #${bucket} ${waiting}( |$)`);
    await this.page.getByRole('link', { name }).waitFor();
  }

  /** The path and query of the tab's address, behind `/dashboard`. */
  get view(): string {
    const { pathname, search } = new URL(this.page.url());
    return `${pathname}${search}`.replace('/dashboard', '');
  }
}
