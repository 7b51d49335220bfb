import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { chartScales } from './chart-scales.ts';
import { CONTENT_SECURITY_POLICY } from './content-security-policy.ts';
import { firstLoad } from './first-load.ts';
import { precompress } from './precompress.ts';

/** Where a service runs to develop against; `PORT` of its own by default. */
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
    // The policy lets nothing in that is written into something else.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What the first page always has is two files and not thirty: each costs a request, and is compressed by itself.
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
