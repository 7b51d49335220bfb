import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../../test/support/free-port.ts';
import { OneServer } from './servers/one-server.ts';
import { Opened, outcome } from './opened.ts';

const HAS_OPENSSL = spawnSync('openssl', ['version']).status === 0;

describe.skipIf(!HAS_OPENSSL)('TLS', () => {
  let dir = '';
  const trusted = getCACertificates('default');

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'gateway-queue-tls-'));
    const command =
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost ' +
      '-addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem';
    execFileSync('openssl', command.split(' '), { cwd: dir, stdio: 'ignore' });
  });

  afterAll(() => {
    setDefaultCACertificates(trusted);
    rmSync(dir, { recursive: true });
  });

  async function startServer(): Promise<{ plain: string; encrypted: string }> {
    const port = await freePort();
    const files = [
      '--tls-cert-file',
      join(dir, 'cert.pem'),
      '--tls-key-file',
      join(dir, 'key.pem'),
      '--tls-ca-cert-file',
      join(dir, 'cert.pem'),
    ];
    const args = ['--tls-port', String(port), '--tls-auth-clients', 'no', ...files];
    const server = await OneServer.start({ args });
    return { plain: `localhost:${server.port}`, encrypted: `localhost:${port}` };
  }

  test('a server whose certificate is trusted', async () => {
    const { encrypted } = await startServer();
    setDefaultCACertificates([...trusted, readFileSync(join(dir, 'cert.pem'), 'utf8')]);
    const opened = await Opened.open(`rediss://${encrypted}`);
    expect(await outcome(opened.count())).toBe('ok');
    const other = await Opened.open(`rediss://${encrypted.replace('localhost', '127.0.0.1')}`);
    expect(await outcome(other.count())).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  test('a server whose certificate is not trusted', async () => {
    const { encrypted } = await startServer();
    setDefaultCACertificates(trusted);
    const opened = await Opened.open(`rediss://${encrypted}`);
    expect(await outcome(opened.count())).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(opened.problems[0]?.message).toContain('NODE_EXTRA_CA_CERTS');
  });

  test('TLS to a server without it, and no TLS to a server with it', async () => {
    const { plain, encrypted } = await startServer();
    const needless = await Opened.open(`rediss://${plain}`);
    expect(await outcome(needless.count())).not.toBe('ok');
    expect(needless.problems[0]?.message).toContain('must begin with redis://');
    const missing = await Opened.open(`redis://${encrypted}`);
    expect(await outcome(missing.count())).not.toBe('ok');
    expect(missing.problems[0]?.message).toContain('must begin with rediss://');
  });
});
