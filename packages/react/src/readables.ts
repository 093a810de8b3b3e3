import type {
  ConnectionSnapshot,
  ConversationHandle,
  ConversationView,
  Readable,
  SupportClient,
  UserView,
} from '@sahay/client';
import { useCallback, useSyncExternalStore } from 'react';
import { useSupportClient } from './support-client.ts';

/** What nobody has drawn on yet, for servers and for the first moment of a page that a server drew. */
const created: ConnectionSnapshot = { state: 'idle', cause: 'created', durable: false };
const nobody: UserView = { conversations: [], consents: [], invitations: [] };
const nothing = (): undefined => undefined;

/**
 * What a {@link Readable} of the client holds, now and after every change; `undefined` while there is none.
 *
 * @param atFirst what a server draws, and a page that it drew begins with: there the client may be further already, and React
 *   wants both to be the same. Always the same object; default what the readable holds at that moment.
 */
export function useReadable<T>(readable: Readable<T>, atFirst?: () => T): T;
export function useReadable<T>(
  readable: Readable<T> | undefined,
  atFirst?: () => T | undefined,
): T | undefined;
export function useReadable<T>(
  readable: Readable<T> | undefined,
  atFirst?: () => T | undefined,
): T | undefined {
  const subscribe = useCallback(
    (listener: () => void) => readable?.subscribe(listener) ?? (() => undefined),
    [readable],
  );
  const snapshot = (): T | undefined => readable?.getSnapshot();
  return useSyncExternalStore(subscribe, snapshot, atFirst ?? snapshot);
}

/**
 * A conversation as it stands: its messages, who types, what is unread.
 *
 * @param conversation a handle, or a conversation's id; absent, the visitor's current one
 * @returns `undefined` while there is no conversation, and where a server draws
 */
export function useConversation(conversation?: ConversationHandle | string): ConversationView | undefined {
  const client = useSupportClient();
  const current = useCurrentConversation();
  const handle =
    typeof conversation === 'string' ? client.conversations.open(conversation) : (conversation ?? current);
  return useReadable(handle, nothing);
}

/** The handle of the visitor's current conversation; `undefined` when there is none, and until the client is ready. */
export function useCurrentConversation(): ConversationHandle | undefined {
  const client = useSupportClient();
  const subscribe = useCallback((listener: () => void) => changes(client, listener), [client]);
  const current = (): ConversationHandle | undefined => client.conversations.current();
  return useSyncExternalStore(subscribe, current, nothing);
}

function changes(client: SupportClient, listener: () => void): () => void {
  let isListening = true;
  void client.ready.then(() => isListening && listener());
  const stop = client.user.subscribe(listener);
  return () => {
    isListening = false;
    stop();
  };
}

/** Whether there is a connection, and why not. */
export function useConnection(): ConnectionSnapshot {
  return useReadable(useSupportClient().connection, () => created);
}

/** The visitor: who she is to the backend, and whether somebody is there for her. */
export function useUser(): UserView {
  return useReadable(useSupportClient().user, () => nobody);
}
