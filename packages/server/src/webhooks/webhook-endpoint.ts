/** An address that is told what happens in conversations. */
export interface WebhookEndpoint {
  url: string;
  /** One or two, each `whsec_…`: while one is replaced, the new and the old. Each signs. */
  secrets: readonly string[];
  /** Types of events, such as `message.created`, or all of a kind, such as `handoff.*`. */
  types: readonly string[];
  /** Whether it may be in a private network, and spoken to over plain `http:`. */
  allowPrivate: boolean;
}
