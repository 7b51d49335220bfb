import type { Browser, Locator, Page } from 'playwright-core';

/** What Swagger UI shows of an answer. */
export interface ShownAnswer {
  readonly status: number;
  /** Parsed; undefined when none is shown. */
  readonly body: unknown;
}

/** What is filled in before an operation is executed; everything else is left as the page has it. */
export interface FilledIn {
  /** By name; only those that are to be other than the page has them. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** How long what was clicked may take to show, ms. */
const TIMEOUT_MS = 20_000;

/** Swagger UI as somebody sees and uses it: clicks, fields, and what is on the page afterwards. */
export class SwaggerPage {
  /** What the browser had to complain of, such as something that the page's policy forbids. */
  readonly complaints: string[] = [];

  private constructor(readonly page: Page) {
    page.setDefaultTimeout(TIMEOUT_MS);
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      // The browser notes every answer that is an error, as those are that a test asks for.
      const isAnswer = message.text().startsWith('Failed to load resource:');
      if (message.type() === 'error' && !isAnswer) this.complaints.push(message.text());
    });
  }

  /** @param url of the service */
  static async open(browser: Browser, url: string): Promise<SwaggerPage> {
    // A context of its own, so that no page sees the cookies of another.
    const page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
    const swagger = new SwaggerPage(page);
    await page.goto(`${url}/docs`);
    await swagger.#loaded();
    return swagger;
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.#loaded();
  }

  /** Pastes a token where the cursor is when Swagger UI asks for credentials, and presses Enter. */
  async authorize(token: string): Promise<void> {
    await this.page.locator('.scheme-container').getByRole('button', { name: 'Authorize' }).click();
    const dialog = this.page.locator('.modal-ux');
    await dialog.waitFor();
    await this.page.keyboard.insertText(token);
    await this.page.keyboard.press('Enter');
    await dialog.getByText('Authorized').waitFor();
    await dialog.locator('.close-modal').click();
  }

  /** Opens an operation, fills in what is given, executes it, and reads the answer. */
  async execute(operationId: string, filledIn: FilledIn = {}): Promise<ShownAnswer> {
    const operation = this.operation(operationId);
    const summary = operation.locator('.opblock-summary-control');
    if ((await summary.getAttribute('aria-expanded')) !== 'true') await summary.click();
    for (const [name, value] of Object.entries(filledIn.parameters ?? {})) {
      await operation.locator(`tr[data-param-name="${name}"] input`).fill(value);
    }
    if (filledIn.body) {
      await operation.locator('textarea.body-param__text').fill(JSON.stringify(filledIn.body));
    }
    const clear = operation.getByRole('button', { name: 'Clear' });
    // Else what an earlier answer left on the page could be taken for the new one.
    if (await clear.isVisible()) await clear.click();
    await operation.getByRole('button', { name: 'Execute' }).click();
    return readAnswer(operation.locator('.live-responses-table .response'));
  }

  /** An operation's block on the page. */
  operation(operationId: string): Locator {
    return this.page.locator(`.opblock[id$="-${operationId}"]`);
  }

  async #loaded(): Promise<void> {
    await this.page.locator('.opblock').first().waitFor();
  }
}

async function readAnswer(shown: Locator): Promise<ShownAnswer> {
  const status = Number.parseInt(await shown.locator('.response-col_status').innerText(), 10);
  const body = shown.locator('h5:text-is("Response body") + div code');
  const text = (await body.isVisible()) ? await body.innerText() : undefined;
  return { status, body: text === undefined ? undefined : JSON.parse(text) };
}
