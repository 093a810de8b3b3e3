import { registerPart, useModelViewer } from '@sahay/elements';
import '@sahay/elements/define/chat';
import { specimens } from '../specimens/index.js';
import { makeMedia } from './media.js';
import { GalleryState } from './state.js';

const asked = new URLSearchParams(location.search);
const tag = ['en', 'bn', 'ar'].find((one) => one === asked.get('lang')) ?? 'en';
const root = document.documentElement;

registerPart('x-seats', ({ text }) =>
  Object.assign(document.createElement('strong'), { textContent: text, className: 'seats' }),
);
// A file of this site, since a bundle would hold the whole viewer for those who never ask for it.
const viewer = './model-viewer.js';
useModelViewer(() => import(viewer));
customElements.define('gallery-state', GalleryState);

/** The page's own choices: `?scheme=dark&size=200%25` sets them from outside, as screenshots do. */
function choose(name, value) {
  if (name === 'scheme') {
    root.style.setProperty('color-scheme', value === 'auto' ? 'light dark' : value);
    for (const list of GalleryState.lists) list.setAttribute('color-scheme', value);
  }
  if (name === 'size') root.style.setProperty('font-size', value);
}

const media = await makeMedia();
document.title = 'Sahay: gallery';
root.lang = tag;
root.dir = tag === 'ar' ? 'rtl' : 'ltr';
for (const link of document.querySelectorAll('.languages a'))
  if (link.lang === tag) link.setAttribute('aria-current', 'page');

const main = document.querySelector('main');
for (const { title, states } of specimens(tag, media.addresses)) {
  const section = document.createElement('section');
  const grid = Object.assign(document.createElement('div'), { className: 'states' });
  for (const state of states) {
    const place = document.createElement('article');
    place.id = `${title} ${state.name}`.toLowerCase().replaceAll(/[^a-z]+/g, '-');
    const shown = new GalleryState();
    shown.lang = tag;
    shown.show(state, media);
    place.append(Object.assign(document.createElement('h3'), { textContent: state.name }), shown);
    grid.append(place);
  }
  section.append(Object.assign(document.createElement('h2'), { textContent: title }), grid);
  main.append(section);
}

for (const select of document.querySelectorAll('[data-set]')) {
  const name = select.dataset.set;
  select.value = asked.get(name) ?? select.options[0].value;
  choose(name, select.value);
  select.addEventListener('change', () => choose(name, select.value));
}
