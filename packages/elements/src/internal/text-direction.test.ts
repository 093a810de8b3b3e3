import { expect } from '@open-wc/testing';
import { hasRightToLeft, textDirection } from './text-direction.ts';

describe('text direction', () => {
  it('is that of the first letter', () => {
    const found = ['Hello', 'আমি', 'مرحبا Sahay', 'Sahay مرحبا', '12. שלום', '«مهم»', '12 — ?', ''].map(
      textDirection,
    );
    expect(found).to.deep.equal(['ltr', 'ltr', 'rtl', 'ltr', 'rtl', 'rtl', undefined, undefined]);
  });

  it('agrees with the browser', () => {
    for (const text of ['Hello', 'আমি', 'مرحبا', '١٢ hello', '(ܐ', '𞤀', '你好', '😀 مرحبا', '٣', 'ﷲ']) {
      const box = document.createElement('p');
      box.dir = 'auto';
      box.textContent = text;
      document.body.append(box);
      expect(textDirection(text) ?? 'ltr', text).to.equal(getComputedStyle(box).direction);
      box.remove();
    }
  });

  it('can be mixed', () => {
    expect([hasRightToLeft('Hello'), hasRightToLeft('Hello مينا')]).to.deep.equal([false, true]);
  });
});
