/** An e-mail on its way. All of it is text; nothing that a visitor wrote is in it. */
export interface MailMessage {
  /** The same at each attempt: what comes twice has it twice. It is also the `Message-ID`'s first half. */
  id: string;
  to: string;
  /** Whom it comes from, for people. */
  senderName: string;
  subject: string;
  text: string;
  html: string;
  /** Where whoever got it says that she wants no more; for `List-Unsubscribe`, which takes a bare POST (RFC 8058). */
  unsubscribeUrl: string;
}

/**
 * What carries e-mails away.
 *
 * @example const mail: MailTransport = { send: ({ to, subject, text }) => postmark.send({ to, subject, text }) };
 */
export interface MailTransport {
  /** Resolves once the e-mail is somebody else's to deliver; rejects when it is not, and it is tried again later. */
  send(message: MailMessage): Promise<void>;
  /**
   * Whether sending a message twice under one `id` delivers it once. If so, one that a crash cut off is sent again;
   * else it counts as sent, since nobody can know. Default `false`.
   */
  readonly isIdempotent?: boolean | undefined;
}
