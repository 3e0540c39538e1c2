import assert from 'node:assert/strict';
import test from 'node:test';
import { pagesOf, targetsOf } from '../../geo/webmap/js/core/pages.js';

const SERVED = { protocol: 'https:', origin: 'https://team.example' };

test('a served map speaks with its own origin and those written into it', () => {
  assert.deepEqual(pagesOf([], SERVED), ['https://team.example']);
  assert.deepEqual(pagesOf(['https://a.example'], SERVED), ['https://team.example', 'https://a.example']);
  assert.equal(pagesOf(['*'], SERVED), null);
  for (const protocol of ['file:', 'about:', 'data:', 'blob:']) assert.equal(pagesOf([], { protocol, origin: 'null' }), null);
});

test('a message goes to no page but those', () => {
  const pages = ['https://team.example', 'https://a.example'];
  assert.deepEqual(targetsOf(pages, null, undefined), pages);
  assert.deepEqual(targetsOf(pages, null, 'https://a.example'), ['https://a.example']);
  assert.deepEqual(targetsOf(pages, null, 'https://evil.example'), []);
  assert.deepEqual(targetsOf(pages, 'https://evil.example', 'https://evil.example'), []);
  assert.deepEqual(targetsOf(pages, '', undefined), []);
  assert.deepEqual(targetsOf(null, null, 'https://evil.example'), ['*']);
  assert.deepEqual(targetsOf(null, 'https://a.example', undefined), ['https://a.example']);
});
