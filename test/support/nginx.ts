import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

import { watchChild, type Exit } from './children.ts';
import { debianProgram } from './debian-program.ts';
import { freePort } from './free-port.ts';

/** Answered by nginx itself. */
const UP = '/nginx-is-up';

/** Between two tries whether it listens, ms. */
const POLL_MS = 20;

export interface NginxOptions {
  /** How long an upstream may be silent, ms (`proxy_read_timeout`). */
  readonly readTimeoutMs: number;
  /** When a request is sent again to the next upstream (`proxy_next_upstream`). */
  readonly nextUpstream: string;
}

/** A request that nginx has answered, or whose client has gone. */
export interface ProxiedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly status: number;
  /** To how many upstreams it was sent, one after the other. */
  readonly tries: number;
}

/** nginx as a reverse proxy on a port of 127.0.0.1, with nothing of the machine's own configuration. */
export class Nginx {
  private constructor(
    /** Without a slash at its end. */
    readonly url: string,
    private readonly home: string,
    private readonly stop: () => Promise<Exit>,
  ) {}

  /** @param upstreams the URLs of servers that can stand in for one another */
  static async before(upstreams: readonly string[], options: NginxOptions): Promise<Nginx> {
    const program = await debianProgram('nginx');
    const port = await freePort();
    const home = await mkdtemp(join(tmpdir(), 'nginx-'));
    await writeFile(join(home, 'nginx.conf'), configuration(port, upstreams, options));
    const child = spawn(program, ['-p', home, '-e', 'stderr', '-c', 'nginx.conf'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const said = text(child.stderr);
    const exited = watchChild(child);
    const nginx = new Nginx(`http://127.0.0.1:${port}`, home, () => {
      child.kill('SIGTERM');
      return exited;
    });
    const exit = await Promise.race([exited, nginx.#listens()]);
    if (exit === undefined) return nginx;
    await nginx.end();
    throw new Error(`nginx ended with ${exit.code}:\n${await said}`);
  }

  /** What it has dealt with so far, in the order in which that ended. */
  async requests(): Promise<ProxiedRequest[]> {
    const log = await readFile(join(this.home, 'access.log'), 'utf8');
    return log.split('\n').slice(0, -1).map(parse);
  }

  /** Closes its connections and ends. */
  async end(): Promise<void> {
    await this.stop();
    await rm(this.home, { recursive: true, force: true });
  }

  async #listens(): Promise<undefined> {
    while (!(await this.#answers())) await sleep(POLL_MS);
  }

  async #answers(): Promise<boolean> {
    return fetch(this.url + UP).then(
      (response) => response.ok,
      () => false,
    );
  }
}

function configuration(
  port: number,
  upstreams: readonly string[],
  { readTimeoutMs, nextUpstream }: NginxOptions,
): string {
  // One process, so that nothing outlives the one whose pid is known. And max_fails=0, or nginx would not
  // ask a server again for 10 s that was silent for too long, and answer 502 by itself.
  return `
    daemon off;
    master_process off;
    pid nginx.pid;
    error_log stderr;
    events {}
    http {
      client_body_temp_path temporary;
      proxy_temp_path temporary;
      fastcgi_temp_path temporary;
      uwsgi_temp_path temporary;
      scgi_temp_path temporary;
      log_format requests escape=json
        '{"method":"$request_method","path":"$request_uri","status":$status,"upstreams":"$upstream_addr"}';
      access_log access.log requests;
      upstream queue {
        ${upstreams.map((url) => `server ${new URL(url).host} max_fails=0;`).join('\n')}
      }
      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass http://queue;
          proxy_read_timeout ${readTimeoutMs}ms;
          proxy_next_upstream ${nextUpstream};
        }
        location = ${UP} {
          access_log off;
          return 204;
        }
      }
    }
  `;
}

function parse(line: string): ProxiedRequest {
  const { upstreams, ...request }: Omit<ProxiedRequest, 'tries'> & { readonly upstreams: string } =
    JSON.parse(line);
  return { ...request, tries: upstreams.split(', ').length };
}
