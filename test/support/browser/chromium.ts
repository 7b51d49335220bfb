import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

import { debianProgram } from '../debian-program.ts';
import { requestsOfPages } from './net-log.ts';

/** What lets a browser run as root and without a screen, and keeps it to itself: of its own accord it asks for updates. */
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

/** A real Chromium without a screen, that reaches nothing but 127.0.0.1. Its profile is gone afterwards. */
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

  /** Ends it. Resolves with the URL of every request that its pages made, as its own log of the network tells. */
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
