import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { chartScales } from './chart-scales.ts';
import { CONTENT_SECURITY_POLICY } from './content-security-policy.ts';
import { firstLoad } from './first-load.ts';
import { precompress } from './precompress.ts';

/** The service to develop against; by default one on this machine at its default port. */
const SERVICE = process.env['GATEWAY_QUEUE_URL'] ?? 'http://127.0.0.1:8080';

const proxy = { '/api': { target: SERVICE, changeOrigin: false } };

export default defineConfig({
  root: import.meta.dirname,
  base: '/dashboard/',
  plugins: [react(), chartScales(), firstLoad(), precompress()],
  worker: { format: 'es' },
  build: {
    outDir: fileURLToPath(new URL('../../dist/apps/dashboard', import.meta.url)),
    emptyOutDir: true,
    // The page's policy forbids inlined assets.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // The modules of the first page go into two files instead of thirty: each file costs a request and compresses alone.
        codeSplitting: {
          groups: [
            { name: 'base', test: /src[\\/]app[\\/]App\.tsx$/, priority: 2 },
            {
              name: 'overview',
              test: /src[\\/](?:app[\\/]SignedInApp|pages[\\/]overview[\\/](?:OverviewPage|throughput[\\/]ThroughputPanel))\.tsx$/,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: { proxy, port: 5173 },
  preview: {
    proxy,
    port: 4173,
    headers: { 'content-security-policy': CONTENT_SECURITY_POLICY },
  },
});
