import assert from 'node:assert/strict';
import { test } from 'node:test';

/** A browser at one address, with what the state's component needs of it. @param {string} search */
function browserAt(search) {
  const at = { search, pathname: '/', hash: '' };
  /** @type {string[]} */
  const written = [];
  const history = { state: null, replaceState: (/** @type {unknown} */ _, /** @type {string} */ __, /** @type {string} */ url) => written.push(url) };
  Object.assign(globalThis, { window: {}, location: at, history });
  return { at, written };
}

/** @param {object} address @param {object} root */
const state = (address, root) => ({ data: { frame: 'map', revision: 0, view: {}, texts: null, address }, parentElement: root });

test('a run that began before Back keeps the address that Back led to', async () => {
  const { at, written } = browserAt('?chosen=a');
  const { default: mount } = await import('../../geo/app/frame_state.js');
  const root = /** @type {any} */ ({ host: { closest: () => null } });
  const mounted = (/** @type {object} */ address) => mount(/** @type {any} */ (state(address, root)));
  mounted({ query: 'chosen=a', step: 1, followed: '' });
  const box = /** @type {any} */ (window)[Symbol.for('incident-map.frames')].get('map');
  at.search = '?embed=true&off=b%2Cc';
  box.went = 'embed=true&off=b%2Cc';
  mounted({ query: 'chosen=a&at=1%2C2%2C3', step: 1, followed: '' });
  assert.deepEqual([written, box.went], [[], 'embed=true&off=b%2Cc']);
  mounted({ query: 'off=b%2Cc', step: 1, followed: 'off=b%2Cc' });
  assert.deepEqual([written, box.went], [[], null], 'Python has followed, and the address is right');
  mounted({ query: 'off=b%2Cc&at=1%2C2%2C3', step: 1, followed: 'off=b%2Cc' });
  assert.deepEqual(written, ['/?embed=true&off=b%2Cc&at=1%2C2%2C3']);
});
