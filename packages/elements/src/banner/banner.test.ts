import { expect, fixture, html } from '@open-wc/testing';
import { nothing } from 'lit';
import '../define/leaf.ts';
import type { BannerKind, SahayBanner } from './banner.ts';

describe('sahay-banner', () => {
  for (const kind of ['connection', 'away', 'queue', 'closed', 'problem'] satisfies BannerKind[]) {
    it(`is accessible and has an icon as ${kind}`, async () => {
      const banner = await fixture<SahayBanner>(
        html`<sahay-banner kind=${kind}>You are offline.<button slot="action">Stop</button></sahay-banner>`,
      );
      expect(banner.shadowRoot!.querySelector('svg')).to.exist;
      await expect(banner).to.be.accessible();
    });
  }

  it('shows no icon without words', async () => {
    const banner = await fixture<SahayBanner>(
      html`<sahay-banner kind="closed"
        >${nothing}<button slot="action">Start a new conversation</button></sahay-banner
      >`,
    );
    await banner.updateComplete;
    expect(banner.shadowRoot!.querySelector('svg')!.checkVisibility()).to.equal(false);
  });
});
