import { expect } from '@open-wc/testing';
import { LitElement } from 'lit';
import { base } from './base.ts';
import { pageTokensText } from './page-tokens-text.ts';
import { colorScheme, tokens } from './tokens.ts';

class ThemedProbe extends LitElement {
  static override styles = [tokens, colorScheme, base];
}
customElements.define('themed-probe', ThemedProbe);

type Scheme = 'light' | 'dark';

async function probe(scheme: Scheme, brand: Record<string, string> = {}): Promise<HTMLElement> {
  const host = document.createElement('themed-probe');
  host.setAttribute('color-scheme', scheme);
  for (const [name, value] of Object.entries(brand)) host.style.setProperty(name, value);
  document.body.append(host);
  await (host as LitElement).updateComplete;
  return host;
}

/** The colour of a token as 8-bit sRGB, painted over white or black as the scheme would. */
function paint(host: HTMLElement, token: string): [number, number, number] {
  const part = document.createElement('span');
  part.style.color = `var(${token})`;
  host.shadowRoot!.append(part);
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
  context.fillStyle = getComputedStyle(part).color;
  context.fillRect(0, 0, 1, 1);
  part.remove();
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return [red!, green!, blue!];
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(host: HTMLElement, front: string, back: string): number {
  const luminance = (token: string): number => {
    const [r, g, b] = paint(host, token).map((byte) => {
      const c = byte / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [high, low] = [luminance(front), luminance(back)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const text: [string, string][] = [
  ['--_text', '--_surface'],
  ['--_text', '--_raised'],
  ['--_muted', '--_surface'],
  ['--_muted', '--_raised'],
  ['--_link', '--_surface'],
  ['--_link', '--_raised'],
  ['--_on-accent', '--_accent'],
  ['--_on-visitor', '--_visitor'],
  ['--_on-agent', '--_agent'],
  ['--_on-soft', '--_soft'],
  ['--_on-note', '--_note'],
  ['--_on-attention', '--_attention'],
  ['--_danger', '--_surface'],
  ['--_danger', '--_raised'],
  ['--_success', '--_surface'],
  ['--_success', '--_raised'],
];
const edges: [string, string][] = [
  ['--_border-strong', '--_surface'],
  ['--_border-strong', '--_raised'],
  ['--_accent', '--_surface'],
  ['--_accent', '--_raised'],
];

describe('tokens', () => {
  afterEach(() => document.querySelectorAll('themed-probe').forEach((host) => host.remove()));

  for (const scheme of ['light', 'dark'] as const) {
    it(`keeps text at 4.5:1 and edges at 3:1 in ${scheme}`, async () => {
      const host = await probe(scheme);
      const ratios = (pairs: [string, string][]) =>
        pairs.map(([front, back]) => ({ front, back, ratio: contrast(host, front, back) }));
      expect(ratios(text).filter(({ ratio }) => ratio < 4.5)).to.deep.equal([]);
      expect(ratios(edges).filter(({ ratio }) => ratio < 3)).to.deep.equal([]);
    });

    for (const accent of ['#ffd400', '#e91e63', '#1e66ff', '#111111', '#ff7a00', '#8e44ad', '#00b894']) {
      it(`stays legible when a brand sets nothing but the accent ${accent} in ${scheme}`, async () => {
        const host = await probe(scheme, { '--sahay-accent': accent });
        const pairs = text.filter(([front, back]) => /accent|visitor|soft|link/.test(front + back));
        const poor = pairs
          .map(([front, back]) => ({ front, back, ratio: contrast(host, front, back) }))
          .filter(({ ratio }) => ratio < 4.5);
        expect(poor).to.deep.equal([]);
      });
    }
  }

  it('is the same in tokens.css, for pages', async () => {
    const written = await (await fetch(new URL('./tokens.css', import.meta.url))).text();
    expect(written.replace(/^.*\n/, ''), 'run packages/elements/scripts/tokens-css.mjs').to.equal(
      pageTokensText,
    );
    expect(pageTokensText).not.to.contain(':host');
  });

  it('takes every public colour from the host page', async () => {
    const host = await probe('light', { '--sahay-surface': 'rgb(1 2 3)', '--sahay-visitor': 'rgb(4 5 6)' });
    expect(paint(host, '--_surface')).to.deep.equal([1, 2, 3]);
    expect(paint(host, '--_visitor')).to.deep.equal([4, 5, 6]);
  });

  it('gives Bengali and Arabic taller lines than Latin', async () => {
    const leading = async (lang: string) => {
      const host = await probe('light');
      host.lang = lang;
      const style = getComputedStyle(host);
      return parseFloat(style.lineHeight) / parseFloat(style.fontSize);
    };
    expect(await leading('bn')).to.be.greaterThan((await leading('en')) + 0.1);
    expect(await leading('ar-EG')).to.be.greaterThan((await leading('en')) + 0.2);
  });
});
