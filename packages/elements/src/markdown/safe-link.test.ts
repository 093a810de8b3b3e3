import { expect } from '@open-wc/testing';
import { safeLink } from './safe-link.ts';

describe('safe links', () => {
  const refused = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:alert(1)',
    ' javascript:alert(1)',
    'vbscript:x',
    'data:text/html,<script>alert(1)</script>',
    'blob:https://a.example/1',
    'file:///etc/passwd',
    'intent://a#Intent;end',
    'ms-settings:',
    'view-source:https://a.example',
    'about:blank',
    'ws://a.example',
    'ftp://a.example',
    '/relative',
    'relative',
    '//a.example',
    '\\\\a.example',
    '?q',
    '#fragment',
    '',
    'https://',
    'http://[',
  ];
  for (const url of refused) {
    it(`refuses ${JSON.stringify(url)}`, () => expect(safeLink(url, 'text')).to.equal(undefined));
  }

  const hosts: readonly (readonly [url: string, text: string, host: string])[] = [
    ['https://a.example/b', 'docs', 'a.example'],
    ['https://a.example:8080/b', 'docs', 'a.example:8080'],
    ['https://a.example/b', 'https://a.example/b', ''],
    ['https://a.example/b', 'a.example/b', ''],
    ['https://www.a.example', 'a.example', ''],
    ['https://a.example', 'www.a.example', ''],
    ['https://a.example', 'A.EXAMPLE', ''],
    ['https://evil.example', 'https://a.example', 'evil.example'],
    ['https://a.example.evil.example', 'a.example', 'a.example.evil.example'],
    ['https://a.co', 'a.company.example', 'a.co'],
    ['https://a.example@evil.example/', 'https://a.example@evil.example/', 'evil.example'],
    ['https://user@evil.example', 'evil.example', 'evil.example'],
    ['https://аpple.example', 'аpple.example', 'xn--pple-43d.example'],
    ['https://evil.example', '\u202emoc.elpmaxe.live', 'evil.example'],
    ['https://evil.example', 'evil.example\u202e', 'evil.example'],
    ['https://evil.example/a.example', 'a.example', 'evil.example'],
    ['mailto:a@b.example', 'write to us', 'a@b.example'],
    ['mailto:a@b.example', 'a@b.example', ''],
    ['tel:+123', 'call', '+123'],
    ['tel:+123', '+123', ''],
  ];
  for (const [url, text, host] of hosts) {
    it(`shows "${host}" after ${JSON.stringify(text)} for ${url}`, () => {
      expect(safeLink(url, text)?.host).to.equal(host);
    });
  }
});
