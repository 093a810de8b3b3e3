/* The second half of what hostile-text.test.ts tries: two pages are through with it in half the time. */
import { payloads } from '@sahay/protocol/fixtures';
import { staysText } from '../testing/hostile-window.ts';

describe('hostile text', () => {
  it('stays text in every field of the window, pressed or not: the second half', async function () {
    this.timeout(420_000);
    await staysText(payloads.slice(payloads.length / 2));
  });
});
