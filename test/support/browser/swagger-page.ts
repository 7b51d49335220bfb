import type { Browser, Locator, Page } from 'playwright-core';

/** An answer as Swagger UI shows it. */
export interface ShownAnswer {
  readonly status: number;
  /** The parsed body; undefined if Swagger UI shows none. */
  readonly body: unknown;
}

/** The fields to fill in before an operation is executed. All other fields keep the page's value. */
export interface FilledIn {
  /** Parameters by name; only those that differ from the page's value. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** The time that the page has to show the result of a click, in ms. */
const TIMEOUT_MS = 20_000;

/** Swagger UI as a user sees and uses it: clicks, fields, and the page afterwards. */
export class SwaggerPage {
  /** The errors in the browser's console, such as violations of the page's policy. */
  readonly complaints: string[] = [];

  private constructor(readonly page: Page) {
    page.setDefaultTimeout(TIMEOUT_MS);
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      // The browser logs every answer with an error status, also those that a test provokes.
      const isAnswer = message.text().startsWith('Failed to load resource:');
      if (message.type() === 'error' && !isAnswer) this.complaints.push(message.text());
    });
  }

  /** @param url of the service */
  static async open(browser: Browser, url: string): Promise<SwaggerPage> {
    // A context of its own, so that pages do not share cookies.
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

  /** Pastes a token into the field that has the focus in Swagger UI's dialog for credentials, and presses Enter. */
  async authorize(token: string): Promise<void> {
    await this.page.locator('.scheme-container').getByRole('button', { name: 'Authorize' }).click();
    const dialog = this.page.locator('.modal-ux');
    await dialog.waitFor();
    await this.page.keyboard.insertText(token);
    await this.page.keyboard.press('Enter');
    await dialog.getByText('Authorized').waitFor();
    await dialog.locator('.close-modal').click();
  }

  /** Opens an operation, fills in the given fields, executes it, and reads the answer. */
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
    // Otherwise an earlier answer on the page could be read as the new one.
    if (await clear.isVisible()) await clear.click();
    await operation.getByRole('button', { name: 'Execute' }).click();
    return readAnswer(operation.locator('.live-responses-table .response'));
  }

  /** The block of an operation on the page. */
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
