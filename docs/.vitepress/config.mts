import { existsSync, readdirSync } from 'node:fs';
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

export default defineConfig({
  title: 'Sahay',
  description: 'A support SDK: web components over a typed client over an open protocol.',
  srcExclude: ['help/**'],
  ignoreDeadLinks: [/packages\//, /^\/reference\//, /^\.\.?\/\.\.?\//, /decisions\/index/],
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
          { text: 'Theming', link: '/theming' },
          { text: 'Your own backend', link: '/own-backend' },
          { text: 'Architecture', link: '/architecture' },
          { text: 'Design', link: '/design' },
        ],
      },
      {
        text: 'Protocol',
        items: pages('protocol').map((page) =>
          page.text === 'index' ? { text: 'Overview', link: '/protocol/' } : page,
        ),
      },
      { text: 'Elements', collapsed: true, items: pages('api/elements') },
      { text: 'Decisions', collapsed: true, items: pages('decisions') },
    ],
  },
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('sahay-') } } },
});
