import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../../../docs/protocol/', import.meta.url);
const pages = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .map((file) => [file, readFileSync(new URL(file, folder), 'utf8')]),
);

/** A page without its examples, where a `#` is no heading. */
const prose = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, '');
const headingsOf = (text: string): string[] => [...prose(text).matchAll(/^#+ (.*)$/gm)].map(([, it]) => it!);
const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');

const numbered = [...pages].flatMap(([file, text]) =>
  headingsOf(text).flatMap((heading) => {
    const number = /^(\d+)\.(?:(\d+))? /.exec(heading);
    return number ? [{ file, heading, page: Number(number[1]), section: Number(number[2] ?? 0) }] : [];
  }),
);

test('sections are numbered once each, in order, in the page of their number', () => {
  const ofPage = Map.groupBy(numbered, ({ file }) => file);
  for (const [file, sections] of ofPage) {
    const { page } = sections[0]!;
    assert.ok(
      sections.every((section) => section.page === page),
      file,
    );
    const numbers = sections.map(({ section }) => section);
    assert.deepEqual(
      numbers,
      [...new Set(numbers)].sort((a, b) => a - b),
      file,
    );
    assert.equal(numbers[0], 0, `${file} begins with its number`);
  }
  assert.equal(new Set([...ofPage.values()].map(([first]) => first!.page)).size, ofPage.size);
});

test('every page stands in the table of contents under its number', () => {
  const contents = pages.get('index.md')!;
  for (const { file, page, section } of numbered)
    if (section === 0)
      assert.match(contents, new RegExp(`^\\| ${page} +\\| \\[[^\\]]+\\]\\(\\./${file}\\)`, 'm'), file);
  for (const file of pages.keys()) if (file !== 'index.md') assert.ok(contents.includes(`(./${file})`), file);
});

test('links between pages lead to a page and a heading that are there', () => {
  const dead = [...pages].flatMap(([file, text]) =>
    [...prose(text).matchAll(/\]\((\.[^)#\s]*|)(?:#([^)\s]+))?\)/g)].flatMap(([link, path = '', anchor]) => {
      // `npm run docs` puts these beside the pages.
      if (/^\.\/(openapi|asyncapi)\.json$/.test(path)) return [];
      const target = new URL(path || file, folder);
      if (!existsSync(target)) return [`${file}: ${link}`];
      if (!anchor) return [];
      const slugs = headingsOf(readFileSync(target, 'utf8')).map(slugOf);
      return slugs.includes(anchor) ? [] : [`${file}: ${link}`];
    }),
  );
  assert.deepEqual(dead, []);
});

test('a section that is named with its number is linked under that number', () => {
  const wrong = [...pages].flatMap(([file, text]) =>
    [...text.matchAll(/\[§ (\d+)(?:\.(\d+))?\]\(([^)]*)\)/g)].flatMap(([link, page, section, to = '']) => {
      const [path, anchor] = to.split('#');
      const target = (path || `./${file}`).slice(2);
      const isThere = numbered.some(
        (one) =>
          one.file === target &&
          one.page === Number(page) &&
          one.section === Number(section ?? 0) &&
          (!anchor || slugOf(one.heading) === anchor),
      );
      return isThere ? [] : [`${file}: ${link}`];
    }),
  );
  assert.deepEqual(wrong, []);
});
