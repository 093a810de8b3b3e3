/** What the page shows: a conversation (or none yet) at the desk, the figures, or the settings. */
export type Route =
  { page: 'inbox'; conversationId?: string | undefined } | { page: 'insights' | 'settings' };

/** Reads a route from a fragment such as `#/inbox/c_1`; anything else is the inbox. */
export function routeOf(hash: string): Route {
  const [page, id] = hash.replace(/^#\/?/, '').split('/');
  if (page === 'insights' || page === 'settings') return { page };
  if (page !== 'inbox' || !id || !/^[\w.-]{1,128}$/.test(id)) return { page: 'inbox' };
  return { page: 'inbox', conversationId: id };
}

/** The fragment that stands for a route. */
export function hashOf(route: Route): string {
  if (route.page !== 'inbox') return `#/${route.page}`;
  return route.conversationId ? `#/inbox/${route.conversationId}` : '#/inbox';
}
