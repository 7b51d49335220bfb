import { expect, test } from 'vitest';
import { isFailedImport } from './is-failed-import.ts';

test.each([
  'Failed to fetch dynamically imported module: http://queue/dashboard/assets/AuditPage-1.js',
  'error loading dynamically imported module: http://queue/dashboard/assets/AuditPage-1.js',
  'Importing a module script failed.',
  'Unable to preload CSS for /dashboard/assets/AuditPage-1.css',
])('"%s" means that a part could not be loaded', (message) => {
  expect(isFailedImport(new TypeError(message))).toBe(true);
});

test('a fault of the page is not a failed import', () => {
  expect(isFailedImport(new TypeError("Cannot read properties of undefined (reading 'id')"))).toBe(
    false,
  );
  expect(isFailedImport('dynamically imported module')).toBe(false);
});
