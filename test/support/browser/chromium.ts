import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

import { debianProgram } from '../debian-program.ts';
import { requestsOfPages } from './net-log.ts';

/** Options that let Chromium run as root without a screen, and keep it from its own requests, such as those for updates. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** A real headless Chromium that reaches only 127.0.0.1. Its profile is deleted at the end. */
export class Chromium {
  private constructor(
    readonly browser: Browser,
    private readonly home: string,
  ) {}

  static async start(): Promise<Chromium> {
    const executablePath = await debianProgram('chromium');
    const home = await mkdtemp(join(tmpdir(), 'chromium-'));
    const args = [...FLAGS, `--log-net-log=${netLogIn(home)}`];
    return new Chromium(await chromium.launch({ executablePath, args }), home);
  }

  /** Ends it. Resolves with the URL of every request of its pages, from Chromium's own network log. */
  async end(): Promise<string[]> {
    await this.browser.close();
    const netLog = await readFile(netLogIn(this.home), 'utf8');
    await rm(this.home, { recursive: true, force: true });
    return requestsOfPages(netLog);
  }
}

function netLogIn(home: string): string {
  return join(home, 'net-log.json');
}
