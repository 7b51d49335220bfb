import type { BrowserContext, Locator, Page } from 'playwright-core';

/** How long what was done may take to show, ms. */
const TIMEOUT_MS = 20_000;

/** The dashboard in a tab, as somebody sees and uses it. */
export class DashboardTab {
  /** What the browser had to complain of, such as something that the page's policy forbids. */
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly url: string,
  ) {
    page.setDefaultTimeout(TIMEOUT_MS);
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      // The browser notes every answer that is an error, as those are that a test asks for.
      const isAnswer = message.text().startsWith('Failed to load resource:');
      if (message.type() === 'error' && !isAnswer) this.complaints.push(message.text());
    });
  }

  /**
   * A new tab that shows a view; who is not logged in is led to the login page.
   *
   * @param url of the service
   * @param view what stands behind `/dashboard`
   */
  static async open(context: BrowserContext, url: string, view = '/'): Promise<DashboardTab> {
    const tab = new DashboardTab(await context.newPage(), url);
    await tab.goTo(view);
    return tab;
  }

  /** A new tab in which somebody has logged in, once it is live. */
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

  /** Loads a view anew, as by the address bar. */
  async goTo(view: string): Promise<void> {
    await this.page.goto(this.addressOf(view));
  }

  addressOf(view: string): string {
    return `${this.url}/dashboard${view}`;
  }

  /** Gets a session without the login page, for all tabs of the browser's context. */
  static async session(context: BrowserContext, url: string, token: string): Promise<void> {
    const answer = await context.request.post(`${url}/api/v1/session`, { data: { token } });
    if (!answer.ok()) throw new Error(`The login was answered ${answer.status()}`);
  }

  /** Fills in a token, and presses Enter. */
  async logIn(token: string): Promise<void> {
    await this.tokenField.fill(token);
    await this.page.keyboard.press('Enter');
  }

  /** Where one logs in; there for who has no session. */
  get tokenField(): Locator {
    return this.page.getByLabel(/^Token/);
  }

  /** Resolves when it shows this page, by its heading. */
  async shows(heading: string | RegExp): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: heading }).waitFor();
  }

  /** Resolves when it says so of what it shows. */
  async says(state: 'Live' | 'Stale' | 'Frozen' | 'No answer'): Promise<void> {
    await this.page.getByRole('banner').getByText(state, { exact: true }).waitFor();
  }

  /** Resolves when the page of all buckets says that so many wait in one. */
  async showsDepth(bucket: number, waiting: string): Promise<void> {
    const name = new RegExp(`^Bucket #${bucket} ${waiting}( |$)`);
    await this.page.getByRole('link', { name }).waitFor();
  }

  /** The path that it is at, with the query, behind `/dashboard`. */
  get view(): string {
    const { pathname, search } = new URL(this.page.url());
    return `${pathname}${search}`.replace('/dashboard', '');
  }
}
