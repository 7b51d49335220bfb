import { expect, test } from 'vitest';
import { queryOf, viewIn } from './audit-view.ts';

test.each(['', 'action=pause&by=kim&bot=music', 'by=kim&before=90&before=40'])(
  'the view of ?%s gives the same query',
  (query) => {
    expect(String(queryOf(viewIn(new URLSearchParams(query))))).toBe(query);
  },
);

test('ignores invalid parts of a query', () => {
  const query = new URLSearchParams('action=toString&before=-1&before=x&before=7&page=2');
  expect(viewIn(query)).toEqual({
    filter: { action: undefined, by: undefined, bot: undefined },
    cursors: [7],
  });
});
