import { expect, fixture } from '@open-wc/testing';
import { html } from 'lit';
import * as icons from './icons.ts';
import * as paths from './paths.ts';

describe('icons', () => {
  it('has one function for every path', () => {
    const drawn = Object.keys(icons).map((name) => name.replace(/Icon$/, ''));
    const known = Object.keys(paths).map((name) => name.replace(/Path$/, ''));
    expect(drawn.sort()).to.deep.equal(known.sort());
  });

  for (const [name, draw] of Object.entries(icons)) {
    it(`${name} is hidden from assistive technology and stays on the grid`, async () => {
      const svg = await fixture<SVGSVGElement>(html`<div>${draw()}</div>`).then((box) =>
        box.querySelector('svg')!,
      );
      expect(svg.getAttribute('aria-hidden')).to.equal('true');
      const { x, y, width, height } = svg.querySelector('path')!.getBBox();
      expect(width).to.be.greaterThan(5);
      expect(Math.min(x, y)).to.be.at.least(1.5);
      expect(Math.max(x + width, y + height)).to.be.at.most(22.5);
    });
  }

  it('turns round in right-to-left text only what points along the text', () => {
    const mirrored = Object.entries(icons)
      .filter(([, draw]) => draw().values.includes('icon mirror'))
      .map(([name]) => name);
    expect(mirrored).to.have.members([
      'chevronEndIcon',
      'arrowBackIcon',
      'sendIcon',
      'handoffIcon',
      'externalLinkIcon',
      'replyIcon',
      'signOutIcon',
    ]);
  });
});
