/** A message as a client under test shows it. */
export interface ShownMessage {
  text: string;
  /** Whether it is the visitor's own. */
  isOwn: boolean;
}

/** What a client shows of its one conversation, oldest message first. */
export interface ClientView {
  messages: readonly ShownMessage[];
}

/** A client under test, as the kit drives it. */
export interface ClientAdapter {
  /** Begins as an anonymous visitor at a backend's address. The conversation begins with the first message. */
  start(url: string): Promise<void>;
  /** The visitor says something. Resolves once the client has taken it; it need not have arrived. */
  send(text: string): Promise<void>;
  view(): ClientView | Promise<ClientView>;
  /** Ends the client for good. */
  stop(): Promise<void>;
}

/** Makes a client for one check. */
export type ClientFactory = () => ClientAdapter | Promise<ClientAdapter>;
