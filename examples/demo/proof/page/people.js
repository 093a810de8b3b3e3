import { createSupportClient } from '@sahay/client';

/** The message that opens the conversation for the desk; it has no number. */
const opening = 'Hello! Numbered messages follow.';

/** The visitor's client; the tabs of one browser share what it stores. */
export const visitorClient = (locale, transport) =>
  createSupportClient({
    url: location.origin,
    namespace: 'proof',
    locale,
    ...(transport && { transports: [transport] }),
  });

/** Whether somebody is signed in to the console in this browser. */
export async function isSignedIn() {
  const answer = await post('/v1/agents/token');
  return answer?.ok === true;
}

/** The desk's client: the agent who is signed in to the console. */
export const deskClient = (locale) =>
  createSupportClient({
    url: location.origin,
    role: 'agent',
    namespace: 'proof-desk',
    locale,
    getToken: async () => {
      const answer = await post('/v1/agents/token');
      if (!answer?.ok) throw new Error(`There is no token (${answer ? answer.status : 'no answer'}).`);
      return (await answer.json()).accessToken;
    },
  });

const post = (path) =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }).catch(
    () => undefined,
  );

/** The visitor's conversation, begun if there is none. */
export async function visitorsConversation(client) {
  await client.ready;
  const current = client.conversations.current();
  if (current && current.getSnapshot().conversation?.status !== 'closed') return current;
  const fresh = client.conversations.create();
  await fresh.send(opening);
  return fresh;
}

/** The desk's view of a conversation, which it takes over, so that no bot answers in between. */
export async function takeOver(desk, id) {
  const handle = desk.conversations.open(id, { audience: 'staff' });
  await until(handle, ({ conversation }) => conversation);
  const { assignment } = handle.getSnapshot().conversation;
  if (assignment.controlledBy !== desk.user.getSnapshot().participant?.id) await handle.accept();
  return handle;
}

/** Resolves once a state fulfils something. */
export function until(readable, isTrue) {
  return new Promise((resolve) => {
    const look = () => {
      if (!isTrue(readable.getSnapshot())) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = readable.subscribe(look);
    queueMicrotask(look);
  });
}
