import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstLoad } from './first-load.ts';
import { precompress } from './precompress.ts';

/** Where a service runs to develop against; `PORT` of its own by default. */
const SERVICE = process.env['GATEWAY_QUEUE_URL'] ?? 'http://127.0.0.1:8080';

/** What the service sends with the page, so that `vite preview` fails where it would. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self';img-src 'self' data:;script-src-attr 'none';object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'none'";

const proxy = { '/api': { target: SERVICE, changeOrigin: false } };

export default defineConfig({
  root: import.meta.dirname,
  base: '/dashboard/',
  plugins: [react(), firstLoad(), precompress()],
  worker: { format: 'es' },
  build: {
    outDir: fileURLToPath(new URL('../../dist/apps/dashboard', import.meta.url)),
    emptyOutDir: true,
    // The policy lets nothing in that is written into something else.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { proxy, port: 5173 },
  preview: {
    proxy,
    port: 4173,
    headers: { 'content-security-policy': CONTENT_SECURITY_POLICY },
  },
});
