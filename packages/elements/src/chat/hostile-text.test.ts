/*
 * Hostile text in every field of every part, and in every name, on a page without a policy that would stop it: nothing runs, nobody is
 * asked for anything, and all of it stays text. The fields come from the schema, so that a new one is tried the day it is added.
 */
import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { payloads } from '@sahay/protocol/fixtures';
import { staysText } from '../testing/hostile-window.ts';
import { Inertness } from '../testing/inertness.ts';

describe('hostile text', () => {
  it('would be noticed if it were more than text', async () => {
    const watch = new Inertness();
    const place = await fixture<HTMLElement>(html`<div></div>`);
    const image = Object.assign(document.createElement('img'), { src: '/none.png' });
    image.setAttribute('onerror', 'alert(1)');
    const pixel = Object.assign(document.createElement('img'), { src: 'https://evil.invalid/pixel.gif' });
    place.append(image, pixel, Object.assign(document.createElement('a'), { href: 'javascript:x' }));
    watch.look(place);
    await waitUntil(() => watch.broken.includes('alert ran'));
    await waitUntil(() => watch.broken.some((line) => line.startsWith('asked https://evil.invalid')));
    await watch.end();
    const found = watch.broken.join('\n');
    expect(found).to.contain('img onerror');
    expect(found).to.contain('a href=javascript:x');
  });

  it('is two hundred payloads and more, each another one', () => {
    expect(new Set(payloads).size).to.equal(payloads.length);
    expect(payloads.length).to.be.greaterThan(300);
  });

  it('stays text in every field of the window, pressed or not: the first half', async function () {
    this.timeout(420_000);
    await staysText(payloads.slice(0, payloads.length / 2));
  });
});
