import { expect } from '@open-wc/testing';
import { defineElement } from './define-element.ts';

describe('define-element', () => {
  const { warn } = console;
  let warnings: string[] = [];
  beforeEach(() => {
    warnings = [];
    console.warn = (text: string) => warnings.push(text);
  });
  afterEach(() => {
    console.warn = warn;
  });

  it('registers a tag once, and is silent about its own copy', () => {
    class First extends HTMLElement {}
    defineElement('sahay-once', First);
    defineElement('sahay-once', class extends HTMLElement {});
    expect(customElements.get('sahay-once')).to.equal(First);
    expect(warnings).to.deep.equal([]);
  });

  it('leaves another version in place, and warns', () => {
    class Foreign extends HTMLElement {
      static sahayVersion = '9.9.9';
    }
    customElements.define('sahay-foreign', Foreign);
    defineElement('sahay-foreign', class extends HTMLElement {});
    expect(customElements.get('sahay-foreign')).to.equal(Foreign);
    expect(warnings[0]).to.contain('<sahay-foreign> was registered by version 9.9.9 already');
  });

  it('is what registers: classes alone register nothing', async () => {
    const { SahayArticle } = await import('../article/article.ts');
    expect(SahayArticle).to.be.a('function');
    expect(customElements.get('sahay-article')).to.equal(undefined);
    await import('./article.ts');
    expect(customElements.get('sahay-article')).to.equal(SahayArticle);
  });
});
