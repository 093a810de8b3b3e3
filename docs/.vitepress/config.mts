import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';

const folder = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const pages = (path: string) =>
  existsSync(folder(path))
    ? readdirSync(folder(path))
        .filter((file) => file.endsWith('.md'))
        .sort()
        .map((file) => ({ text: file.replace('.md', ''), link: `/${path}/${file.replace('.md', '')}` }))
    : [];

/** The specification's pages in the order of their section numbers, named by their first heading. */
const specification = pages('protocol')
  .filter(({ text }) => text !== 'index')
  .map(({ text, link }) => ({
    text: /^# (.*)$/m.exec(readFileSync(folder(`protocol/${text}.md`), 'utf8'))?.[1] ?? text,
    link,
  }))
  .sort((a, b) => sectionOf(a.text) - sectionOf(b.text));

function sectionOf(heading: string): number {
  return Number(/^\d+/.exec(heading)?.[0] ?? Infinity);
}

/** GitHub's anchors, so that a link to a section works there and here. */
const slugify = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');

export default defineConfig({
  title: 'Sahay',
  description: 'A support SDK: web components over a typed client over an open protocol.',
  srcExclude: ['help/**'],
  ignoreDeadLinks: [/packages\//, /^\/reference\//, /^\.\.?\/\.\.?\//, /decisions\/index/],
  markdown: { anchor: { slugify } },
  themeConfig: {
    search: { provider: 'local' },
    nav: [
      { text: 'Getting started', link: '/getting-started' },
      { text: 'Protocol', link: '/protocol/' },
      { text: 'Reference', link: '/reference/index.html', target: '_blank' },
    ],
    sidebar: [
      {
        text: 'Guide',
        items: [
          { text: 'Getting started', link: '/getting-started' },
          { text: 'Frameworks', link: '/frameworks' },
          { text: 'What a message can hold', link: '/parts' },
          { text: 'The launcher', link: '/launcher' },
          { text: 'Around a conversation', link: '/around' },
          { text: 'Moving from another messenger', link: '/moving' },
          { text: 'The console', link: '/console' },
          { text: 'Theming', link: '/theming' },
          { text: 'Your own backend', link: '/own-backend' },
          { text: 'Build a backend', link: '/build-a-backend' },
          { text: 'Conformance', link: '/conformance' },
          { text: 'Architecture', link: '/architecture' },
          { text: 'Delivery', link: '/delivery' },
          { text: 'Security', link: '/security' },
          { text: 'Performance', link: '/performance' },
          { text: 'Design', link: '/design' },
        ],
      },
      {
        text: 'Protocol',
        items: [{ text: 'Contents', link: '/protocol/' }, ...specification],
      },
      { text: 'Elements', collapsed: true, items: pages('api/elements') },
      { text: 'Decisions', collapsed: true, items: pages('decisions') },
    ],
  },
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('sahay-') } } },
});
