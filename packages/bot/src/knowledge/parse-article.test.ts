import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LONGEST_ARTICLE, parseArticle } from './index.ts';

function parse(text: string | Uint8Array, path = 'en/billing/refunds.md') {
  return parseArticle({ path, text });
}

test('reads title, language, phrasings and sections', () => {
  const { article, problems } = parse(
    '---\ntitle: Refunds\nlang: pt-br\nurl: https://shop.example/refunds\nquestions:\n  - money back\n  - 42\n---\n\nWithin **30 days**.\n\n## Damaged?\n\nSend a photo.\n',
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(article, {
    id: 'en/billing/refunds',
    path: 'en/billing/refunds.md',
    lang: 'pt-BR',
    title: 'Refunds',
    url: 'https://shop.example/refunds',
    firstParagraph: 'Within 30 days.',
    phrasings: ['money back', '42'],
    sections: [
      { heading: '', text: 'Within 30 days.', markdown: 'Within **30 days**.' },
      { heading: 'Damaged?', text: 'Send a photo.', markdown: 'Send a photo.' },
    ],
  });
});

test('takes the language from the first folder, else the default; not every short folder is a language', () => {
  assert.equal(parse('Text.', 'bn/a.md').article?.lang, 'bn');
  assert.equal(parse('Text.', 'zh-Hant/a.md').article?.lang, 'zh-Hant');
  for (const folder of ['faq', 'my-account', 'it-support', 'no-access', 'pro', 'new', 'car', 'so-safe'])
    assert.equal(parse('Text.', `${folder}/a.md`).article?.lang, 'en', folder);
  for (const folder of ['fil', 'pt_BR', 'es-419', 'sr-Latn-RS'])
    assert.equal(parse('Text.', `${folder}/a.md`).article?.lang, folder.replace('_', '-'));
  assert.equal(parseArticle({ path: 'a.md', text: 'Text.' }, { defaultLanguage: 'ar' }).article?.lang, 'ar');
});

test('takes the title from the front matter, the first heading, else the file name', () => {
  assert.equal(parse('# A heading\n\nText.').article?.title, 'A heading');
  assert.equal(parse('Text.', 'en/how-to_pay.md').article?.title, 'How to pay');
});

test('template tags, attribute marks, comments and raw HTML never reach a visitor', () => {
  const { article } = parse(
    [
      '# Steps {#steps}',
      '',
      '{% include banner.html text="Hi" %}',
      'Click [Send](/send){:target="_blank"} for {{ site.name }} <b onclick="x()">now</b>. <!-- secret -->',
      '',
      '- One',
      '- Two',
      '{: .list}',
      '',
      '<script>alert(1)</script>',
      '',
      '<div>',
      'Kept words',
      '</div>',
      '',
      '![a picture](https://evil.example/pixel.png)',
      '',
      'See [docs][d], [bad](javascript:alert(1)) and <https://ok.example>.',
      '',
      '[d]: https://docs.example/a "Docs"',
    ].join('\n'),
  );
  const markdown = article?.sections.map((section) => section.markdown).join('\n') ?? '';
  assert.equal(article?.title, 'Steps');
  assert.doesNotMatch(markdown, /\{|\}|secret|script|alert|<b|<div|pixel|javascript|\/send/u);
  assert.match(markdown, /Click Send for {1,2}now\./u);
  assert.match(markdown, /- One\n- Two/u);
  assert.match(markdown, /Kept words/u);
  assert.match(markdown, /\[docs\]\(<https:\/\/docs\.example\/a>\), bad and <https:\/\/ok\.example>/u);
});

test('code keeps every character', () => {
  const markdown = parse('Write `{{ name }}`:\n\n```liquid\n{% if a %} <b>{: .x}\n```\n').article?.sections[0]
    ?.markdown;
  assert.equal(markdown, 'Write `{{ name }}`:\n\n```liquid\n{% if a %} <b>{: .x}\n```');
});

test('a section that only points to other articles is no answer', () => {
  const { article } = parse('Text.\n\n## Related articles\n\n- [One](/one)\n- [Two](/two)\n');
  assert.deepEqual(
    article?.sections.map(({ heading }) => heading),
    [''],
  );
});

test('broken front matter names file and line, and the article is served all the same', () => {
  const { article, problems } = parse(
    '---\nlang: en\ntitle: "Refunds\nphrasings: [a, b\n---\n\nWithin 30 days.\n',
  );
  assert.equal(article?.title, 'Refunds');
  assert.equal(article?.firstParagraph, 'Within 30 days.');
  assert.equal(problems.length, 1);
  assert.match(
    problems[0]?.message ?? '',
    /^en\/billing\/refunds\.md, line \d+: the front matter is not valid YAML: .+ Put values/u,
  );
  assert.equal(typeof problems[0]?.line, 'number');
});

test('front matter that never closes does not swallow the answer', () => {
  const { article, problems } = parse('---\ntitle: Refunds\n\nWithin 30 days.\n');
  assert.equal(article?.title, 'Refunds');
  assert.equal(article?.firstParagraph, 'Within 30 days.');
  assert.match(problems[0]?.message ?? '', /never closes.*Write a line "---"/u);
});

test('a wrong language or wrong phrasings are said, not fatal', () => {
  const { article, problems } = parse('---\nlang: english please\nphrasings: [{a: b}, ok]\n---\nText.\n');
  assert.equal(article?.lang, 'en');
  assert.deepEqual(article?.phrasings, ['ok']);
  assert.deepEqual(
    problems.map(({ message }) => /lang "english please"|some phrasings/u.test(message)),
    [true, true],
  );
});

test('byte order mark, CRLF and other encodings are read', () => {
  assert.equal(parse('\uFEFF---\r\ntitle: A\r\n---\r\nText.\r\n').article?.title, 'A');
  const utf16 = new Uint8Array(Buffer.from('\uFEFF# Ä\n\nText.', 'utf16le'));
  assert.equal(parse(utf16).article?.title, 'Ä');
  const latin = parse(new Uint8Array(Buffer.from('# Caf\u00E9\n\nText.', 'latin1')));
  assert.equal(latin.article?.title, 'Café');
  assert.match(latin.problems[0]?.message ?? '', /not UTF-8.*Save it as UTF-8/u);
});

test('an empty file is a problem and no article', () => {
  for (const text of ['', '\n \n', '---\ntitle: Only a title\n---\n', '# Only a heading\n']) {
    const { article, problems } = parse(text);
    assert.equal(article, undefined);
    assert.match(problems.at(-1)?.message ?? '', /has no text under its title/u);
  }
});

test('a huge article is cut, and says so', () => {
  const { article, problems } = parse(`# Big\n\n${'word '.repeat(LONGEST_ARTICLE)}`);
  assert.ok((article?.sections[0]?.text.length ?? Infinity) <= LONGEST_ARTICLE);
  assert.match(problems[0]?.message ?? '', /Split it/u);
});

test('what cannot be an article is left out with what to do about it, and at once', () => {
  const left = (text: string | Uint8Array, what: RegExp): void => {
    const { article, problems } = parse(text);
    assert.equal(article, undefined);
    assert.match(problems.map(({ message }) => message).join(), what);
  };
  left(
    Uint8Array.from({ length: 400 }, (_, at) => (at * 73) % 256),
    /is no text.*Take it out/u,
  );
  left(`# Deep\n\n${'> '.repeat(5000)}x`, /too deeply.*Flatten it/u);
  left(
    `# Deep\n\n${Array.from({ length: 500 }, (_, at) => `${'  '.repeat(at)}- x`).join('\n')}`,
    /too deeply/u,
  );
});

test('aliases that unfold to gigabytes cost the other fields nothing', () => {
  const bomb = ['a', 'b', 'c', 'd'].map((name, at, all) => {
    const one = at === 0 ? 'x' : `*${all[at - 1]}`;
    return `${name}: &${name} [${Array(9).fill(one).join(', ')}]`;
  });
  const { article, problems } = parse(`---\ntitle: Still here\n${bomb.join('\n')}\n---\nText.`);
  assert.equal(article?.title, 'Still here');
  assert.match(problems[0]?.message ?? '', /aliases that cannot be followed/u);
});
