import { expect } from '@open-wc/testing';
import { MarkdownStream, parseMarkdown } from './markdown-stream.ts';
import type { Block, Inline } from './tree.ts';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** The tree in the notation everybody reads. */
function inlineOutline(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return escaped(node);
      if (node.type === 'break') return '<br>';
      if (node.type === 'code') return `<code>${escaped(node.text)}</code>`;
      if (node.type === 'image') return `<img ${escaped(node.url)} ${escaped(node.alt)}>`;
      const content = inlineOutline(node.children);
      return node.type === 'link'
        ? `<a ${escaped(node.url)}>${content}</a>`
        : `<${node.type}>${content}</${node.type}>`;
    })
    .join('');
}

function outline(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      switch (block.type) {
        case 'heading':
          return `<h${block.level}>${inlineOutline(block.children)}</h${block.level}>`;
        case 'paragraph':
        case 'cell':
          return `<${block.type[0]}>${inlineOutline(block.children)}</${block.type[0]}>`;
        case 'code':
          return `<pre ${block.language}>${escaped(block.text)}</pre>`;
        case 'rule':
          return '<hr>';
        case 'list':
          return `<${block.loose ? 'loose' : 'list'} ${block.start ?? '-'}>${outline(block.children)}</list>`;
        case 'table':
          return `<table ${block.align.map((align) => align ?? '-').join(' ')}>${outline(block.children)}</table>`;
        case 'item':
          return `<item${block.checked === undefined ? '' : block.checked ? ' x' : ' o'}>${outline(block.children)}</item>`;
        default:
          return `<${block.type}>${outline(block.children)}</${block.type}>`;
      }
    })
    .join('');
}

/** Markdown and its tree, checked against CommonMark and GFM implementations; ours differ only in raw HTML and bare links. */
const corpus: Record<string, readonly (readonly [markdown: string, tree: string])[]> = {
  paragraphs: [
    ['Hello', '<p>Hello</p>'],
    ['  Hello  ', '<p>Hello</p>'],
    ['One\ntwo', '<p>One\ntwo</p>'],
    ['One\n   two\n\tthree', '<p>One\ntwo\nthree</p>'],
    ['One\n\ntwo', '<p>One</p><p>two</p>'],
    ['One\n\n\n\ntwo\n', '<p>One</p><p>two</p>'],
    ['One  \ntwo', '<p>One<br>two</p>'],
    ['One\\\ntwo', '<p>One<br>two</p>'],
    ['One \ntwo', '<p>One\ntwo</p>'],
    ['One  ', '<p>One</p>'],
    ['One\\', '<p>One\\</p>'],
    ['', ''],
    ['\n\n', ''],
    ['   ', ''],
    ['আমি\nতুমি', '<p>আমি\nতুমি</p>'],
    ['مرحبا **بك**', '<p>مرحبا <strong>بك</strong></p>'],
    ['One\r\ntwo\r\n\r\nthree', '<p>One\ntwo</p><p>three</p>'],
    ['One\rtwo', '<p>One\ntwo</p>'],
    ['a\0b', '<p>a\ufffdb</p>'],
    ['a\n    b', '<p>a\nb</p>'],
  ],
  headings: [
    ['# One', '<h1>One</h1>'],
    ['## Two ##', '<h2>Two</h2>'],
    ['###### Six', '<h6>Six</h6>'],
    ['####### Seven', '<p>####### Seven</p>'],
    ['#No space', '<p>#No space</p>'],
    ['#', '<h1></h1>'],
    ['# ', '<h1></h1>'],
    ['# One #two', '<h1>One #two</h1>'],
    ['# One \\#', '<h1>One #</h1>'],
    ['#\tTab', '<h1>Tab</h1>'],
    ['   ## Indented', '<h2>Indented</h2>'],
    ['    # Code', '<pre ># Code\n</pre>'],
    ['Text\n# Heading\nText', '<p>Text</p><h1>Heading</h1><p>Text</p>'],
    ['Title\n===', '<h1>Title</h1>'],
    ['Title\n---', '<h2>Title</h2>'],
    ['Two\nlines\n===', '<h1>Two\nlines</h1>'],
    ['Title\n=-=', '<p>Title\n=-=</p>'],
    ['# *em* `code`', '<h1><emphasis>em</emphasis> <code>code</code></h1>'],
    ['Title\n  ---  ', '<h2>Title</h2>'],
    ['> Title\n---', '<quote><p>Title</p></quote><hr>'],
    ['- Title\n---', '<list -><item><p>Title</p></item></list><hr>'],
    ['===', '<p>===</p>'],
    ['# One\n===', '<h1>One</h1><p>===</p>'],
    ['Title #\n===', '<h1>Title #</h1>'],
  ],
  rules: [
    ['---', '<hr>'],
    ['***', '<hr>'],
    ['_ _ _', '<hr>'],
    ['  *  *  *  ', '<hr>'],
    ['--', '<p>--</p>'],
    ['---a', '<p>---a</p>'],
    ['a\n***\nb', '<p>a</p><hr><p>b</p>'],
    ['- - -', '<hr>'],
    ['+++', '<p>+++</p>'],
    ['----------', '<hr>'],
    ['* a\n***\n* b', '<list -><item><p>a</p></item></list><hr><list -><item><p>b</p></item></list>'],
    ['    ---', '<pre >---\n</pre>'],
  ],
  emphasis: [
    ['*a*', '<p><emphasis>a</emphasis></p>'],
    ['**a**', '<p><strong>a</strong></p>'],
    ['***a***', '<p><emphasis><strong>a</strong></emphasis></p>'],
    ['_a_', '<p><emphasis>a</emphasis></p>'],
    ['__a__', '<p><strong>a</strong></p>'],
    ['a*b*c', '<p>a<emphasis>b</emphasis>c</p>'],
    ['a_b_c', '<p>a_b_c</p>'],
    ['snake_case_name', '<p>snake_case_name</p>'],
    ['* a*', '<list -><item><p>a*</p></item></list>'],
    ['*a *', '<p>*a *</p>'],
    ['**a', '<p>**a</p>'],
    ['a**', '<p>a**</p>'],
    ['*a **b** c*', '<p><emphasis>a <strong>b</strong> c</emphasis></p>'],
    ['**a *b* c**', '<p><strong>a <emphasis>b</emphasis> c</strong></p>'],
    ['*a **b* c**', '<p><emphasis>a <emphasis><emphasis>b</emphasis> c</emphasis></emphasis></p>'],
    ['***a* b**', '<p><strong><emphasis>a</emphasis> b</strong></p>'],
    ['***a** b*', '<p><emphasis><strong>a</strong> b</emphasis></p>'],
    ['*a*b*c*', '<p><emphasis>a</emphasis>b<emphasis>c</emphasis></p>'],
    ['_a_b', '<p>_a_b</p>'],
    ['*(a)*', '<p><emphasis>(a)</emphasis></p>'],
    ['**a**b', '<p><strong>a</strong>b</p>'],
    ['"*a*"', '<p>"<emphasis>a</emphasis>"</p>'],
    ['*a\nb*', '<p><emphasis>a\nb</emphasis></p>'],
    ['**a\n\nb**', '<p>**a</p><p>b**</p>'],
    ['*a `*` b*', '<p><emphasis>a <code>*</code> b</emphasis></p>'],
    ['\\*a*', '<p>*a*</p>'],
    ['*a\\**', '<p><emphasis>a*</emphasis></p>'],
    ['****a****', '<p><strong><strong>a</strong></strong></p>'],
    ['*a_b*c_', '<p><emphasis>a_b</emphasis>c_</p>'],
    ['5 * 3 * 2', '<p>5 * 3 * 2</p>'],
    ['2*3*4', '<p>2<emphasis>3</emphasis>4</p>'],
    ['*আমি*', '<p><emphasis>আমি</emphasis></p>'],
    ['আ*মি*', '<p>আ<emphasis>মি</emphasis></p>'],
    ['**গুরুত্বপূর্ণ।**', '<p><strong>গুরুত্বপূর্ণ।</strong></p>'],
    ['**«مهم»**', '<p><strong>«مهم»</strong></p>'],
    ['a ** b ** c', '<p>a ** b ** c</p>'],
    ['** a**', '<p>** a**</p>'],
    ['__a__b', '<p>__a__b</p>'],
    ['_(a)_', '<p><emphasis>(a)</emphasis></p>'],
    ['*[a](b)*', '<p><emphasis><a b>a</a></emphasis></p>'],
    ['*a [b*](c)', '<p>*a <a c>b*</a></p>'],
    ['~~a~~', '<p><deleted>a</deleted></p>'],
    ['~a~', '<p><deleted>a</deleted></p>'],
    ['~~~a~~~', '<pre a~~~></pre>'],
    ['~~a~', '<p>~~a~</p>'],
    ['a~~b~~c', '<p>a<deleted>b</deleted>c</p>'],
    ['~~a\n\nb~~', '<p>~~a</p><p>b~~</p>'],
    ['~~*a*~~', '<p><deleted><emphasis>a</emphasis></deleted></p>'],
    ['*~~a*~~', '<p><emphasis>~~a</emphasis>~~</p>'],
  ],
  'code spans': [
    ['`a`', '<p><code>a</code></p>'],
    ['``a`b``', '<p><code>a`b</code></p>'],
    ['` a `', '<p><code>a</code></p>'],
    ['`  `', '<p><code>  </code></p>'],
    ['`a  b`', '<p><code>a  b</code></p>'],
    ['`a\nb`', '<p><code>a b</code></p>'],
    ['`a', '<p>`a</p>'],
    ['``a`', '<p>``a`</p>'],
    ['`a``', '<p>`a``</p>'],
    ['\\`a`', '<p>`a`</p>'],
    ['`a\\`', '<p><code>a\\</code></p>'],
    ['`<b>`', '<p><code>&lt;b></code></p>'],
    ['`*a*`', '<p><code>*a*</code></p>'],
    ['*a`b*`', '<p>*a<code>b*</code></p>'],
    ['[a`](b)`', '<p>[a<code>](b)</code></p>'],
    ['` ``', '<p>` ``</p>'],
    ['a `` ` `` b', '<p>a <code>`</code> b</p>'],
  ],
  links: [
    ['[a](https://b.example)', '<p><a https://b.example>a</a></p>'],
    ['[a](<https://b.example/c d>)', '<p><a https://b.example/c d>a</a></p>'],
    ['[a](https://b.example "title")', '<p><a https://b.example>a</a></p>'],
    ["[a](b 'title')", '<p><a b>a</a></p>'],
    ['[a](b (title))', '<p><a b>a</a></p>'],
    ['[a](b "bad)', '<p>[a](b "bad)</p>'],
    ['[a](b c)', '<p>[a](b c)</p>'],
    ['[a]()', '<p><a >a</a></p>'],
    ['[](b)', '<p><a b></a></p>'],
    ['[a] (b)', '<p>[a] (b)</p>'],
    ['[a](b(c)d)', '<p><a b(c)d>a</a></p>'],
    ['[a](b\\)c)', '<p><a b)c>a</a></p>'],
    ['[a](b)c)', '<p><a b>a</a>c)</p>'],
    ['[*a*](b)', '<p><a b><emphasis>a</emphasis></a></p>'],
    ['[a [b] c](d)', '<p><a d>a [b] c</a></p>'],
    ['[a [b](c) d](e)', '<p>[a <a c>b</a> d](e)</p>'],
    ['[[a]](b)', '<p><a b>[a]</a></p>'],
    ['[a\nb](c)', '<p><a c>a\nb</a></p>'],
    ['[a](b\n"c")', '<p><a b>a</a></p>'],
    ['[a](\nb\n)', '<p><a b>a</a></p>'],
    ['![a](b)', '<p><img b a></p>'],
    ['![a *b* c](d)', '<p><img d a b c></p>'],
    ['![[a](b)](c)', '<p><img c a></p>'],
    ['[![a](b)](c)', '<p><a c><img b a></a></p>'],
    ['![a', '<p>![a</p>'],
    ['[a', '<p>[a</p>'],
    ['[a](b', '<p>[a](b</p>'],
    ['a]', '<p>a]</p>'],
    ['[a]', '<p>[a]</p>'],
    ['[a][b]', '<p>[a][b]</p>'],
    ['[a][]', '<p>[a][]</p>'],
    ['!\\[a](b)', '<p>![a](b)</p>'],
    ['\\[a](b)', '<p>[a](b)</p>'],
    ['[a](javascript:x)', '<p><a javascript:x>a</a></p>'],
    ['[a](b&amp;c)', '<p><a b&amp;c>a</a></p>'],
    ['[a](b&copy;)', '<p><a b©>a</a></p>'],
    ['[https://a.example](https://b.example)', '<p><a https://b.example>https://a.example</a></p>'],
    ['*[a*](b)', '<p>*<a b>a*</a></p>'],
    ['[a*](b)*', '<p><a b>a*</a>*</p>'],
  ],
  references: [
    ['[a]\n\n[a]: b', '<p><a b>a</a></p>'],
    ['[A]\n\n[a]: b', '<p><a b>A</a></p>'],
    ['[a][B]\n\n[b]: c', '<p><a c>a</a></p>'],
    ['[a][]\n\n[a]: b', '<p><a b>a</a></p>'],
    ['[a]: b\n[a]', '<p><a b>a</a></p>'],
    ['[a]: b "t"\n\n[a]', '<p><a b>a</a></p>'],
    ['[a]: b\n"t"\n\n[a]', '<p><a b>a</a></p>'],
    ['[a]:\nb\n\n[a]', '<p><a b>a</a></p>'],
    ['[a]: <b c>\n\n[a]', '<p><a b c>a</a></p>'],
    ['[a]: b c\n\n[a]', '<p>[a]: b c</p><p>[a]</p>'],
    ['text\n[a]: b\n\n[a]', '<p>text\n[a]: b</p><p>[a]</p>'],
    ['[a]: b\n[a]: c\n\n[a]', '<p><a b>a</a></p>'],
    ['[a b]\n\n[A\n  B]: c', '<p><a c>a b</a></p>'],
    ['> [a]: b\n\n[a]', '<quote></quote><p><a b>a</a></p>'],
    ['- [a]\n\n[a]: b', '<list -><item><p><a b>a</a></p></item></list>'],
    ['# [a]\n\n[a]: b', '<h1><a b>a</a></h1>'],
    ['| [a] |\n|---|\n\n[a]: b', '<table -><row><c><a b>a</a></c></row></table>'],
    ['![a]\n\n[a]: b', '<p><img b a></p>'],
    ['[a][b][c]\n\n[c]: d', '<p>[a]<a d>b</a></p>'],
    ['[a]: b', ''],
    ['[a]: b\n===\n\n[a]', '<p>\n===</p><p><a b>a</a></p>'],
    ['[]: b\n\n[]', '<p>[]: b</p><p>[]</p>'],
    ['[a\\]b]\n\n[a\\]b]: c', '<p><a c>a]b</a></p>'],
    ['[a]:\n\n[a]', '<p>[a]:</p><p>[a]</p>'],
    ['[a]: b\ntext', '<p>text</p>'],
    ['[ẞ]\n\n[SS]: b', '<p><a b>ẞ</a></p>'],
    [
      '- [a]\n  > [a]\n\n- x\n\n[a]: b',
      '<loose -><item><p><a b>a</a></p><quote><p><a b>a</a></p></quote></item><item><p>x</p></item></list>',
    ],
  ],
  addresses: [
    ['<https://a.example/b>', '<p><a https://a.example/b>https://a.example/b</a></p>'],
    ['<a@b.example>', '<p><a mailto:a@b.example>a@b.example</a></p>'],
    ['<a:b>', '<p>&lt;a:b></p>'],
    ['<not a link>', '<p>&lt;not a link></p>'],
    ['https://a.example', '<p><a https://a.example>https://a.example</a></p>'],
    ['See https://a.example/b.', '<p>See <a https://a.example/b>https://a.example/b</a>.</p>'],
    ['(https://a.example/b_(c))', '<p>(<a https://a.example/b_(c)>https://a.example/b_(c)</a>)</p>'],
    ['www.a.example', '<p><a https://www.a.example>www.a.example</a></p>'],
    ['Write to a.b@c.example.', '<p>Write to <a mailto:a.b@c.example>a.b@c.example</a>.</p>'],
    ['https://a.example/*b*c', '<p><a https://a.example/*b*c>https://a.example/*b*c</a></p>'],
    [
      'https://a.example?b=1&c=2',
      '<p><a https://a.example?b=1&amp;c=2>https://a.example?b=1&amp;c=2</a></p>',
    ],
    ['https://a.example/b&copy;', '<p><a https://a.example/b>https://a.example/b</a>©</p>'],
    ['xhttps://a.example', '<p>xhttps://a.example</p>'],
    ['a@b', '<p>a@b</p>'],
    ['**https://a.example**', '<p><strong><a https://a.example>https://a.example</a></strong></p>'],
    [
      'https://a.example, https://b.example',
      '<p><a https://a.example>https://a.example</a>, <a https://b.example>https://b.example</a></p>',
    ],
    ['`https://a.example`', '<p><code>https://a.example</code></p>'],
    ['http://', '<p>http://</p>'],
    ['https://বাংলা.example/ক', '<p>https://বাংলা.example/ক</p>'],
    ['HTTPS://A.example', '<p><a HTTPS://A.example>HTTPS://A.example</a></p>'],
    ['ftp://a.example', '<p>ftp://a.example</p>'],
    ['https://a.example<br>', '<p><a https://a.example>https://a.example</a>&lt;br></p>'],
    ['“https://a.example”', '<p>“<a https://a.example>https://a.example</a>”</p>'],
    ['https://a.example।', '<p><a https://a.example>https://a.example</a>।</p>'],
  ],
  'text as it is': [
    ['<b>bold</b>', '<p>&lt;b>bold&lt;/b></p>'],
    ['<div>\n*a*\n</div>', '<p>&lt;div>\n<emphasis>a</emphasis>\n&lt;/div></p>'],
    ['<script>alert(1)</script>', '<p>&lt;script>alert(1)&lt;/script></p>'],
    ['<a href="*">*</a>', '<p>&lt;a href="*">*&lt;/a></p>'],
    ['<!-- a -->', '<p>&lt;!-- a --></p>'],
    ['<br/>', '<p>&lt;br/></p>'],
    ['a < b > c', '<p>a &lt; b > c</p>'],
    ['<b title="`">`', '<p>&lt;b title="`">`</p>'],
    ['<img src=x onerror=alert(1)>', '<p>&lt;img src=x onerror=alert(1)></p>'],
    ['&amp; &lt; &#65; &#x42; &nbsp;|', '<p>&amp; &lt; A B \u00a0|</p>'],
    ['&unknown; &', '<p>&amp;unknown; &amp;</p>'],
    ['&#0; &#1234567;', '<p>\ufffd \ufffd</p>'],
    ['&#xD800;', '<p>\ufffd</p>'],
    ['\\! \\a \\\\', '<p>! \\a \\</p>'],
    ['\\&amp;', '<p>&amp;amp;</p>'],
    ['&#42;a&#42;', '<p>*a*</p>'],
    ['{{a}} ${b}', '<p>{{a}} ${b}</p>'],
    ['\\<b>', '<p>&lt;b></p>'],
    ['<pre>\n    a\n</pre>', '<p>&lt;pre>\na\n&lt;/pre></p>'],
  ],
  quotes: [
    ['> a', '<quote><p>a</p></quote>'],
    ['> a\n> b', '<quote><p>a\nb</p></quote>'],
    ['> a\nb', '<quote><p>a\nb</p></quote>'],
    ['>a', '<quote><p>a</p></quote>'],
    ['> a\n\n> b', '<quote><p>a</p></quote><quote><p>b</p></quote>'],
    ['> a\n>\n> b', '<quote><p>a</p><p>b</p></quote>'],
    ['> # a\n> - b', '<quote><h1>a</h1><list -><item><p>b</p></item></list></quote>'],
    ['> > a', '<quote><quote><p>a</p></quote></quote>'],
    ['> > a\nb', '<quote><quote><p>a\nb</p></quote></quote>'],
    ['>     a', '<quote><pre >a\n</pre></quote>'],
    ['> ```\n> a\n> ```', '<quote><pre >a\n</pre></quote>'],
    ['> ```\na', '<quote><pre ></pre></quote><p>a</p>'],
    ['   > a', '<quote><p>a</p></quote>'],
    ['    > a', '<pre >> a\n</pre>'],
    ['> a\n---', '<quote><p>a</p></quote><hr>'],
    ['> - a\nb', '<quote><list -><item><p>a\nb</p></item></list></quote>'],
    ['>', '<quote></quote>'],
    ['> \n> ', '<quote></quote>'],
    ['a\n> b', '<p>a</p><quote><p>b</p></quote>'],
    ['>\ta', '<quote><p>a</p></quote>'],
    ['> a\n- b', '<quote><p>a</p></quote><list -><item><p>b</p></item></list>'],
  ],
  lists: [
    ['- a', '<list -><item><p>a</p></item></list>'],
    ['* a\n* b', '<list -><item><p>a</p></item><item><p>b</p></item></list>'],
    ['+ a\n- b', '<list -><item><p>a</p></item></list><list -><item><p>b</p></item></list>'],
    ['1. a\n2. b', '<list 1><item><p>a</p></item><item><p>b</p></item></list>'],
    ['7. a\n9. b', '<list 7><item><p>a</p></item><item><p>b</p></item></list>'],
    ['1) a\n2. b', '<list 1><item><p>a</p></item></list><list 2><item><p>b</p></item></list>'],
    ['- a\n\n- b', '<loose -><item><p>a</p></item><item><p>b</p></item></list>'],
    ['- a\n- b\n\n\n- c', '<loose -><item><p>a</p></item><item><p>b</p></item><item><p>c</p></item></list>'],
    ['- a\n\n  b', '<loose -><item><p>a</p><p>b</p></item></list>'],
    ['- a\n  b', '<list -><item><p>a\nb</p></item></list>'],
    ['- a\nb', '<list -><item><p>a\nb</p></item></list>'],
    [
      '- a\n  - b\n    - c',
      '<list -><item><p>a</p><list -><item><p>b</p><list -><item><p>c</p></item></list></item></list></item></list>',
    ],
    [
      '- a\n\n  - b\n\n- c',
      '<loose -><item><p>a</p><list -><item><p>b</p></item></list></item><item><p>c</p></item></list>',
    ],
    [
      '1. a\n   - b\n2. c',
      '<list 1><item><p>a</p><list -><item><p>b</p></item></list></item><item><p>c</p></item></list>',
    ],
    ['- a\n - b\n  - c', '<list -><item><p>a</p></item><item><p>b</p></item><item><p>c</p></item></list>'],
    ['-a', '<p>-a</p>'],
    ['-', '<list -><item></item></list>'],
    ['- a\n-\n- c', '<list -><item><p>a</p></item><item></item><item><p>c</p></item></list>'],
    ['-\n\n  a', '<list -><item></item></list><p>a</p>'],
    ['- \n  a', '<list -><item><p>a</p></item></list>'],
    ['-   a\n\n    b', '<loose -><item><p>a</p><p>b</p></item></list>'],
    ['-     a', '<list -><item><pre >a\n</pre></item></list>'],
    ['- a\n\n      b', '<loose -><item><p>a</p><pre >b\n</pre></item></list>'],
    ['- ```\n  a\n  ```\n- b', '<list -><item><pre >a\n</pre></item><item><p>b</p></item></list>'],
    [
      '- ```\n  a\n\n  b\n  ```\n- c',
      '<list -><item><pre >a\n\nb\n</pre></item><item><p>c</p></item></list>',
    ],
    ['- > a\n  >\n- b', '<list -><item><quote><p>a</p></quote></item><item><p>b</p></item></list>'],
    ['a\n- b', '<p>a</p><list -><item><p>b</p></item></list>'],
    ['a\n1. b', '<p>a</p><list 1><item><p>b</p></item></list>'],
    ['a\n2. b', '<p>a\n2. b</p>'],
    ['a\n-\nb', '<h2>a</h2><p>b</p>'],
    ['1234567890. a', '<p>1234567890. a</p>'],
    ['0. a', '<list 0><item><p>a</p></item></list>'],
    ['- # a\n- b', '<list -><item><h1>a</h1></item><item><p>b</p></item></list>'],
    ['- a\n# b', '<list -><item><p>a</p></item></list><h1>b</h1>'],
    [
      '* a\n  * b\n\n  c',
      '<loose -><item><p>a</p><list -><item><p>b</p></item></list><p>c</p></item></list>',
    ],
    ['- a\n\n\n\n  b', '<loose -><item><p>a</p><p>b</p></item></list>'],
    ['1. a\n\n   b\n2. c', '<loose 1><item><p>a</p><p>b</p></item><item><p>c</p></item></list>'],
    ['- a\n\nb', '<list -><item><p>a</p></item></list><p>b</p>'],
    ['-\ta', '<list -><item><p>a</p></item></list>'],
    ['- a\n\t- b', '<list -><item><p>a</p><list -><item><p>b</p></item></list></item></list>'],
    ['- - a', '<list -><item><list -><item><p>a</p></item></list></item></list>'],
    ['- 1. a', '<list -><item><list 1><item><p>a</p></item></list></item></list>'],
    ['- [ ] a\n- [x] b', '<list -><item o><p>a</p></item><item x><p>b</p></item></list>'],
    ['- [X] **a**', '<list -><item x><p><strong>a</strong></p></item></list>'],
    ['- [ ]', '<list -><item><p>[ ]</p></item></list>'],
    ['- [] a', '<list -><item><p>[] a</p></item></list>'],
    ['1. [ ] a', '<list 1><item o><p>a</p></item></list>'],
    ['- [ ] a\n  - [x] b', '<list -><item o><p>a</p><list -><item x><p>b</p></item></list></item></list>'],
    ['- [x]a', '<list -><item><p>[x]a</p></item></list>'],
    ['- a\n  [ ] b', '<list -><item><p>a\n[ ] b</p></item></list>'],
    ['[ ] a', '<p>[ ] a</p>'],
    ['- [ ] a\n\n  b', '<loose -><item o><p>a</p><p>b</p></item></list>'],
    ['- ***\n- a', '<list -><item><hr></item><item><p>a</p></item></list>'],
    [
      '* - + a',
      '<list -><item><list -><item><list -><item><p>a</p></item></list></item></list></item></list>',
    ],
    ['- a\n  ---', '<list -><item><h2>a</h2></item></list>'],
    ['- a\n\n---', '<list -><item><p>a</p></item></list><hr>'],
  ],
  'code blocks': [
    ['```\na\n```', '<pre >a\n</pre>'],
    ['```js\na\n```', '<pre js>a\n</pre>'],
    ['``` js title\na\n```', '<pre js>a\n</pre>'],
    ['~~~\na\n~~~', '<pre >a\n</pre>'],
    ['````\n```\n````', '<pre >```\n</pre>'],
    ['```\na', '<pre >a\n</pre>'],
    ['```', '<pre ></pre>'],
    ['```\n\n```', '<pre >\n</pre>'],
    ['```\na\n\n\nb\n```', '<pre >a\n\n\nb\n</pre>'],
    ['  ```\n  a\n   b\n  ```', '<pre >a\n b\n</pre>'],
    ['```\na\n  ```', '<pre >a\n</pre>'],
    ['```\na\n    ```', '<pre >a\n    ```\n</pre>'],
    ['```\n<b> *a* &amp;\n```', '<pre >&lt;b> *a* &amp;amp;\n</pre>'],
    ['``` a`b\nc', '<p>``` a`b\nc</p>'],
    ['~~~ a`b\nc\n~~~', '<pre a`b>c\n</pre>'],
    ['```\na\n~~~\n```', '<pre >a\n~~~\n</pre>'],
    ['    a', '<pre >a\n</pre>'],
    ['    a\n\n    b', '<pre >a\n\nb\n</pre>'],
    ['    a\n\n\n', '<pre >a\n</pre>'],
    ['a\n    b', '<p>a\nb</p>'],
    ['    a\nb', '<pre >a\n</pre><p>b</p>'],
    ['\ta', '<pre >a\n</pre>'],
    ['  \ta', '<pre >a\n</pre>'],
    ['```\na\n```\nb', '<pre >a\n</pre><p>b</p>'],
    ['a\n```\nb\n```', '<p>a</p><pre >b\n</pre>'],
    ['```js\r\na\r\n```\r\n', '<pre js>a\n</pre>'],
    ['``\na\n``', '<p><code>a</code></p>'],
    ['```\n``\n```', '<pre >``\n</pre>'],
    ['```c++\na\n```', '<pre c++>a\n</pre>'],
    ['    a\n  b', '<pre >a\n</pre><p>b</p>'],
    ['```\na ```\n```', '<pre >a ```\n</pre>'],
  ],
  tables: [
    [
      '| a | b |\n|---|---|\n| 1 | 2 |',
      '<table - -><row><c>a</c><c>b</c></row><row><c>1</c><c>2</c></row></table>',
    ],
    ['a | b\n--|--\n1 | 2', '<table - -><row><c>a</c><c>b</c></row><row><c>1</c><c>2</c></row></table>'],
    ['| a |\n|:-:|', '<table center><row><c>a</c></row></table>'],
    [
      '|a|b|c|\n|:-|:-:|-:|\n|1|2|3|',
      '<table left center right><row><c>a</c><c>b</c><c>c</c></row><row><c>1</c><c>2</c><c>3</c></row></table>',
    ],
    ['| a | b |\n|---|', '<p>| a | b |\n|---|</p>'],
    ['| a | b |\n|---|---|\n| 1 |', '<table - -><row><c>a</c><c>b</c></row><row><c>1</c></row></table>'],
    ['| a |\n|---|\n| 1 | 2 |', '<table -><row><c>a</c></row><row><c>1</c></row></table>'],
    ['| a |\n|---|\n| 1 |\n\ntext', '<table -><row><c>a</c></row><row><c>1</c></row></table><p>text</p>'],
    ['| a |\n|---|\ntext', '<table -><row><c>a</c></row><row><c>text</c></row></table>'],
    ['| a |\n|---|\n> q', '<table -><row><c>a</c></row></table><quote><p>q</p></quote>'],
    ['| a \\| b |\n|---|', '<table -><row><c>a | b</c></row></table>'],
    ['| `a\\|b` |\n|---|', '<table -><row><c><code>a|b</code></c></row></table>'],
    [
      '| *a* | [b](c) |\n|---|---|\n| ~~d~~ | `e` |',
      '<table - -><row><c><emphasis>a</emphasis></c><c><a c>b</a></c></row><row><c><deleted>d</deleted></c><c><code>e</code></c></row></table>',
    ],
    ['text\n| a |\n|---|\n| b |', '<p>text</p><table -><row><c>a</c></row><row><c>b</c></row></table>'],
    ['> | a |\n> |---|\n> | b |', '<quote><table -><row><c>a</c></row><row><c>b</c></row></table></quote>'],
    [
      '- | a |\n  |---|\n  | b |',
      '<list -><item><table -><row><c>a</c></row><row><c>b</c></row></table></item></list>',
    ],
    ['| a |\n| b |', '<p>| a |\n| b |</p>'],
    ['| a |\n|-b-|', '<p>| a |\n|-b-|</p>'],
    ['| a |\n| --- |\n- b', '<table -><row><c>a</c></row></table><list -><item><p>b</p></item></list>'],
    ['|a|\n|-|\n|\n|b|', '<table -><row><c>a</c></row><row></row><row><c>b</c></row></table>'],
    [
      '| | b |\n|---|---|\n| | c |',
      '<table - -><row><c></c><c>b</c></row><row><c></c><c>c</c></row></table>',
    ],
    ['a\n---|---', '<p>a\n---|---</p>'],
    ['| a |\n|---|\n    | b |', '<table -><row><c>a</c></row></table><pre >| b |\n</pre>'],
    ['| a |\n|---|\n# h', '<table -><row><c>a</c></row></table><h1>h</h1>'],
  ],
  together: [
    [
      '# Title\n\nA **bold** word, a [link](https://a.example) and `code`.\n\n- one\n- two\n  1. three\n\n> quote\n\n```js\nlet a;\n```\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\n---\n\nend',
      '<h1>Title</h1><p>A <strong>bold</strong> word, a <a https://a.example>link</a> and <code>code</code>.</p><list -><item><p>one</p></item><item><p>two</p><list 1><item><p>three</p></item></list></item></list><quote><p>quote</p></quote><pre js>let a;\n</pre><table - center><row><c>a</c><c>b</c></row><row><c>1</c><c>2</c></row></table><hr><p>end</p>',
    ],
    [
      'Steps:\n1. Open **Settings**\n2. Choose `Bubble`\n\n   ```html\n   <script src="x"></script>\n   ```\n3. Done',
      '<p>Steps:</p><loose 1><item><p>Open <strong>Settings</strong></p></item><item><p>Choose <code>Bubble</code></p><pre html>&lt;script src="x">&lt;/script>\n</pre></item><item><p>Done</p></item></list>',
    ],
    [
      'ধাপ:\n\n1. **সেটিংস** খুলুন\n2. `কোড` বসান\n\nদেখুন [নথি](https://a.example/bn)।',
      '<p>ধাপ:</p><list 1><item><p><strong>সেটিংস</strong> খুলুন</p></item><item><p><code>কোড</code> বসান</p></item></list><p>দেখুন <a https://a.example/bn>নথি</a>।</p>',
    ],
    [
      'الخطوات:\n\n- افتح **الإعدادات**\n- [x] ليس مهمة\n',
      '<p>الخطوات:</p><list -><item><p>افتح <strong>الإعدادات</strong></p></item><item x><p>ليس مهمة</p></item></list>',
    ],
    [
      '> - a\n>   - b\n>\n>     c\n> - d\n\ne',
      '<quote><list -><item><p>a</p><loose -><item><p>b</p><p>c</p></item></list></item><item><p>d</p></item></list></quote><p>e</p>',
    ],
    [
      '- a\n  > b\n  > c\n- d\n  ```\n  e\n  ```\n  f',
      '<list -><item><p>a</p><quote><p>b\nc</p></quote></item><item><p>d</p><pre >e\n</pre><p>f</p></item></list>',
    ],
    [
      'Intro\n***\n* a\n\n  b\n\n[c]: d\n\n[c] **x\n\ny**',
      '<p>Intro</p><hr><loose -><item><p>a</p><p>b</p></item></list><p><a d>c</a> **x</p><p>y**</p>',
    ],
    [
      '1. a\n\n   | x |\n   |---|\n   | y |\n\n2. b',
      '<loose 1><item><p>a</p><table -><row><c>x</c></row><row><c>y</c></row></table></item><item><p>b</p></item></list>',
    ],
  ],
};

function streamed(parts: readonly string[]): readonly Block[] {
  const stream = new MarkdownStream();
  for (const part of parts) {
    stream.append(part);
    // A preview must leave no trace in the final tree.
    expect(stream.blocks).to.be.an('array');
  }
  stream.end();
  return stream.blocks;
}

describe('markdown', () => {
  for (const [name, snippets] of Object.entries(corpus)) {
    it(`reads ${name}`, () => {
      for (const [markdown, tree] of snippets)
        expect(outline(parseMarkdown(markdown)), markdown).to.equal(tree);
    });

    it(`streams ${name} to the same tree, wherever the text is cut`, () => {
      for (const [markdown] of snippets) {
        const whole = JSON.stringify(parseMarkdown(markdown));
        for (let at = 0; at <= markdown.length; at++) {
          const cut = streamed([markdown.slice(0, at), markdown.slice(at)]);
          if (JSON.stringify(cut) !== whole)
            expect.fail(`${JSON.stringify(markdown)} cut at ${at}: ${outline(cut)}`);
        }
        expect(JSON.stringify(streamed([...markdown])), markdown).to.equal(whole);
      }
    });
  }
});
