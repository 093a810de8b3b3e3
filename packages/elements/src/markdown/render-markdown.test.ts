import { expect, fixture, html } from '@open-wc/testing';
import { render } from 'lit';
import { en } from '../locales/en.ts';
import { MarkdownStream, renderMarkdown, type Block } from './index.ts';

const strings = en;

async function draw(source: string | readonly Block[]): Promise<HTMLElement> {
  const box = await fixture<HTMLElement>(html`<div></div>`);
  render(renderMarkdown(source, { strings }), box);
  return box;
}

describe('drawn markdown', () => {
  it('puts headings below those of the window', async () => {
    const box = await draw('# a\n\n## b\n\n### c\n\n#### d\n\n##### e\n\n###### f');
    expect([...box.children].map(({ localName }) => localName).join(' ')).to.equal('h3 h4 h5 h6 h6 h6');
  });

  it('draws spans', async () => {
    const box = await draw('a **b** *c* ~~d~~ `e`  \nf');
    expect(box).lightDom.to.equal(
      '<p dir="ltr">a <strong>b</strong> <em>c</em> <del>d</del> <code part="code">e</code><br>f</p>',
    );
  });

  it('draws nested and numbered lists, tight and loose', async () => {
    const box = await draw('3. a\n   - b\n\n- c\n\n- d');
    expect(box).lightDom.to.equal(
      '<ol dir="ltr" start="3"><li>a<ul><li>b</li></ul></li></ol><ul dir="ltr"><li><p>c</p></li><li><p>d</p></li></ul>',
    );
  });

  it('gives task checkboxes a name and no use', async () => {
    const box = await draw('- [x] a\n- [ ] b');
    const inputs = [...box.querySelectorAll('input')];
    expect(
      inputs.map(({ disabled, checked, ariaLabel }) => ({ disabled, checked, ariaLabel })),
    ).to.deep.equal([
      { disabled: true, checked: true, ariaLabel: 'Done' },
      { disabled: true, checked: false, ariaLabel: 'Not done' },
    ]);
    await expect(box).to.be.accessible();
  });

  it('lets a table scroll in a named region', async () => {
    const box = await draw('| a | b |\n|:-:|--:|\n| 1 | 2 |');
    const region = box.querySelector('.table')!;
    expect(region.getAttribute('role')).to.equal('region');
    expect(region.getAttribute('aria-label')).to.equal('Table');
    expect(region.getAttribute('tabindex')).to.equal('0');
    expect([...box.querySelectorAll('th')].map((cell) => [cell.scope, cell.dataset.align])).to.deep.equal([
      ['col', 'center'],
      ['col', 'right'],
    ]);
    expect([...box.querySelectorAll('td')].map((cell) => cell.textContent)).to.deep.equal(['1', '2']);
    await expect(box).to.be.accessible();
  });

  it('opens links in a new tab without giving anything away, and shows where they lead', async () => {
    const box = await draw('[docs](https://a.example/b "https://bank.example")');
    const link = box.querySelector('a')!;
    expect(link.href).to.equal('https://a.example/b');
    expect(link.target).to.equal('_blank');
    expect(link.rel).to.equal('noopener noreferrer nofollow');
    expect(link.title).to.equal('https://a.example/b');
    expect(link.textContent).to.equal('docs (opens in a new tab)');
    expect(box.textContent.trim()).to.equal('docs (opens in a new tab) (a.example)');
  });

  it('leaves mail and telephone links to their programs', async () => {
    const box = await draw('<a@b.example> [call](tel:+123)');
    const links = [...box.querySelectorAll('a')];
    expect(links.map((link) => [link.href, link.target])).to.deep.equal([
      ['mailto:a@b.example', ''],
      ['tel:+123', ''],
    ]);
  });

  it('shows the words of links it refuses', async () => {
    const box = await draw('[a](javascript:alert(1)) [b](/c) ![d](data:image/png,x) <javascript:e>');
    expect(box.querySelector('a, img')).to.equal(null);
    expect(box.textContent.trim()).to.equal('a b d javascript:e');
  });

  it('never loads an image, but links to it', async () => {
    const box = await draw('![A cat](https://a.example/cat.png) ![](https://a.example/x.png)');
    expect(box.querySelector('img')).to.equal(null);
    const [cat, unnamed] = box.querySelectorAll('a');
    expect(cat!.href).to.equal('https://a.example/cat.png');
    expect(cat!.textContent).to.contain('A cat');
    expect(unnamed!.textContent).to.contain('Image');
    const linked = await draw('[![A cat](https://a.example/cat.png)](https://b.example)');
    expect(linked.querySelectorAll('a')).to.have.lengthOf(1);
    expect(linked.querySelector('a')!.href).to.equal('https://b.example/');
  });

  it('shows markup as it was written', async () => {
    const source = '<img src=x onerror=alert(1)> <script>a</script> <a href="javascript:b">c</a> <!-- d -->';
    const box = await draw(source);
    expect(box.textContent.trim()).to.equal(source);
    expect([...box.querySelectorAll('*')].map(({ localName }) => localName)).to.deep.equal(['p']);
  });

  it('finds the reading direction of each outermost block', async () => {
    const box = await draw('# a\n\nشكرا b\n\n- c\n\n> **«د»**\n\n| e |\n|---|\n\n12');
    const directions = [...box.children].map((block) => block.getAttribute('dir'));
    expect(directions).to.deep.equal(['ltr', 'rtl', 'ltr', 'rtl', 'ltr', null]);
    const rtl = await draw('- مرحبا\n\n- شكرا');
    expect(getComputedStyle(rtl.querySelector('ul')!).direction).to.equal('rtl');
    const code = await draw('- مرحبا\n\n  ```\n  code\n  ```');
    expect(getComputedStyle(code.querySelector('pre')!).direction).to.equal('ltr');
  });

  describe('code', () => {
    const original = Object.getOwnPropertyDescriptor(Navigator.prototype, 'clipboard')!;
    afterEach(() => {
      Object.defineProperty(Navigator.prototype, 'clipboard', original);
    });
    const clipboard = (writeText: (text: string) => Promise<void>): void => {
      Object.defineProperty(Navigator.prototype, 'clipboard', { ...original, get: () => ({ writeText }) });
    };

    async function press(): Promise<{ copied: boolean; button: HTMLElement }> {
      const box = await fixture<HTMLElement>(html`<div></div>`);
      const copied = await new Promise<boolean>((resolve) => {
        render(renderMarkdown('```js\nlet a;\n\nlet b;\n```', { strings, onCopy: resolve }), box);
        box.querySelector('button')!.click();
      });
      return { copied, button: box.querySelector('button')! };
    }

    it('names its language and can be scrolled by keyboard', async () => {
      const box = await draw('```js\nlet a;\n```');
      expect(box.querySelector('[part=code-language]')!.textContent).to.equal('js');
      expect(box.querySelector('pre')!.tabIndex).to.equal(0);
      expect(box.querySelector('code')!.textContent).to.equal('let a;\n');
      await expect(box).to.be.accessible();
    });

    it('is copied without its last line break', async () => {
      const written: string[] = [];
      clipboard(async (text) => void written.push(text));
      const { copied, button } = await press();
      expect(copied).to.equal(true);
      expect(written).to.deep.equal(['let a;\n\nlet b;']);
      expect(button.hasAttribute('data-copied')).to.equal(true);
    });

    it('is selected where copying is refused', async () => {
      clipboard(() => Promise.reject(new DOMException('no', 'NotAllowedError')));
      const { copied, button } = await press();
      expect(copied).to.equal(false);
      expect(String(getSelection())).to.contain('let a;');
      expect(button.hasAttribute('data-copied')).to.equal(false);
    });
  });

  it('leaves finished blocks alone while the answer streams in', async () => {
    const box = await fixture<HTMLElement>(html`<div></div>`);
    const stream = new MarkdownStream();
    const show = (text: string): void => {
      stream.append(text);
      render(renderMarkdown(stream.blocks, { strings }), box);
    };
    show('# Title\n\n- one\n- two\n\nSome **wor');
    const nodes = [...box.querySelectorAll('h3, li:first-child')];
    const touched: Node[] = [];
    const observer = new MutationObserver((records) => touched.push(...records.map(({ target }) => target)));
    for (const node of nodes) observer.observe(node, { childList: true, characterData: true, subtree: true });
    show('ds**\n\n```\ncode\n```\n\n| a | b');
    await Promise.resolve();
    observer.disconnect();
    expect(touched).to.deep.equal([]);
    for (const node of nodes) expect(box.contains(node)).to.equal(true);
    expect(box.querySelector('strong')!.textContent).to.equal('words');
  });
});
