import { createSupportClient, type SupportClient } from '@sahay/client';

const clients = new Map<string, SupportClient>();

/**
 * The page's one client of a server. It outlives every view: a window that is removed and put back, also by a router or a
 * framework's remount, finds its conversation as it was.
 *
 * @param server The server's address; relative to the page.
 * @param locale The language to be answered in, for a client that is made now.
 * @throws TypeError when `server` is not an address.
 */
export function sharedClient(server: string, locale: string): SupportClient {
  const url = new URL(server, document.baseURI).href.replace(/\/$/, '');
  let client = clients.get(url);
  if (!client) clients.set(url, (client = createSupportClient({ url, locale })));
  return client;
}
