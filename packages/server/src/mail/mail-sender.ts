import { createHash } from 'node:crypto';
import type { Conversation } from '@sahay/protocol';
import type { Logger } from 'pino';
import type { ServerConfig } from '../config/index.ts';
import type { Hub } from '../context.ts';
import type { Settings } from '../settings/settings.ts';
import type { Store } from '../storage/store.ts';
import { composeMail } from './compose-mail.ts';
import { isMailAddress } from './is-mail-address.ts';
import type { MailLinks } from './mail-links.ts';
import type { MailLane, MailOutbox, Unread } from './mail-outbox.ts';
import type { MailTransport } from './mail-transport.ts';
import { pageToReturnTo } from './page-to-return-to.ts';

const minute = 60_000;

/** How long after each failed attempt the next one comes, in ms; after the last, none. */
export const mailBackoffMs: readonly number[] = [1, 5, 30, 120, 720].map((count) => count * minute);

/** How e-mails are timed, in ms. */
export interface MailTiming {
  /** How long after an answer is waited, so that she can read it and the agent say more. Default 1 minute. */
  delayMs: number;
  /** How often is looked. Default 5 seconds. */
  lookMs: number;
}

/** What {@link MailSender} needs. */
export interface MailSenderParts {
  store: Pick<Store, 'conversation' | 'staffState'>;
  outbox: MailOutbox;
  transport: MailTransport;
  links: MailLinks;
  settings: Pick<Settings, 'values'>;
  hub: Pick<Hub, 'visitorIsThere'>;
  config: Pick<ServerConfig, 'allowOrigins' | 'botName'>;
  /** Where people reach this server; `undefined` while that is not known. */
  publicUrl: () => string | undefined;
  clock: () => number;
  logger: Logger;
  timing: MailTiming;
}

const mostAtOnce = 20;
const quietMinutesUnlessSet = 15;

/**
 * E-mails answers to visitors who left an address and went: what they have not read, once in a quiet period, and never twice.
 * That an e-mail is about to be handed over is on disk before it is; one that a crash cut off there is sent again only where
 * the transport can tell that it has it already.
 */
export class MailSender {
  readonly #parts: MailSenderParts;
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> | undefined;
  #isStopped = false;
  #hasWarned = false;

  constructor(parts: MailSenderParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => void this.look(), parts.timing.lookMs).unref();
  }

  /** Sends what is due now. Resolves once that is done, or was done by a look that had begun. */
  look(): Promise<void> {
    return (this.#looking ??= this.#safely(() => this.#look()));
  }

  /** Lets what is being handed over be handed over. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #safely(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.#isStopped) this.#parts.logger.error({ err: error }, 'E-mails could not be looked after.');
    } finally {
      this.#looking = undefined;
    }
  }

  async #look(): Promise<void> {
    const { outbox, clock, timing } = this.#parts;
    for (const lane of await outbox.due(clock(), timing.delayMs, mostAtOnce)) {
      if (this.#isStopped) return;
      await this.#serve(lane);
    }
  }

  async #serve(lane: MailLane): Promise<void> {
    const { outbox, transport, clock, logger } = this.#parts;
    if (lane.claim !== null && !transport.isIdempotent) {
      const about = { conversationId: lane.conversation };
      logger.warn(
        about,
        'The last process ended while it handed an e-mail over. It counts as sent: nobody can know.',
      );
      return outbox.sent(lane, clock());
    }
    const letter = await this.#letter(lane);
    if (!letter) return lane.claim === null ? outbox.settle(lane) : outbox.sent(lane, clock());
    const waitUntil = lane.claim === null ? this.#notBefore(lane) : undefined;
    if (waitUntil !== undefined) return outbox.postpone(lane, waitUntil);
    const publicUrl = this.#publicUrl();
    if (!publicUrl) return outbox.postpone(lane, clock() + minute);
    await this.#send(lane, letter, publicUrl);
  }

  /** What is to be written to whom; `undefined` when nothing is. */
  async #letter(lane: MailLane): Promise<Letter | undefined> {
    const { store, outbox, settings, links } = this.#parts;
    const conversation = await store.conversation(lane.conversation);
    const staff = await store.staffState(lane.conversation);
    const to = staff?.context.contact?.email?.trim() ?? '';
    if (!settings.values.email?.enabled || !conversation || conversation.erasedAt || !isMailAddress(to))
      return undefined;
    if (await outbox.isRefused(links.addressDigest(to))) return undefined;
    const { visitor, receipts } = conversation;
    const last = lane.claimOrdinal ?? Infinity;
    const unread = (await outbox.unread(lane, visitor.id, receipts[visitor.id]?.read)).filter(
      ({ ordinal }) => ordinal <= last,
    );
    return unread.length > 0 ? { to, conversation, unread, page: staff?.context.page?.url } : undefined;
  }

  /** Until when it has to wait, if it has to: a quiet period is not over, or she is there and may read it herself. */
  #notBefore({ lastSentAt, conversation }: MailLane): number | undefined {
    const { settings, hub, clock } = this.#parts;
    const quiet = (settings.values.email?.quietMinutes ?? quietMinutesUnlessSet) * minute;
    const quietUntil = (lastSentAt ?? -Infinity) + quiet;
    if (quietUntil > clock()) return quietUntil;
    return hub.visitorIsThere(conversation) ? clock() + minute : undefined;
  }

  #publicUrl(): string | undefined {
    const url = this.#parts.publicUrl();
    if (!url && !this.#hasWarned) {
      this.#hasWarned = true;
      this.#parts.logger.warn(
        'E-mails wait, since nobody knows where this server is reached. Set SAHAY_PUBLIC_URL, or publicUrl.',
      );
    }
    return url;
  }

  async #send(lane: MailLane, { to, conversation, unread, page }: Letter, publicUrl: string): Promise<void> {
    const { outbox, transport, links, settings, config, clock, logger } = this.#parts;
    const { id: conversationId, visitor, locale } = conversation;
    const ordinal = unread.at(-1)?.ordinal ?? lane.mailedOrdinal;
    const id = createHash('sha256').update(`${conversationId}\n${ordinal}`).digest('hex').slice(0, 32);
    const returnTo = pageToReturnTo(page, publicUrl, config.allowOrigins);
    const { token, expiresAt } = links.continuation({ conversationId, visitorId: visitor.id });
    const message = composeMail({
      id,
      to,
      senderName: settings.values.email?.senderName ?? config.botName,
      locale,
      answers: unread.map((one) => one.message),
      continueUrl: `${returnTo}#sahay-continue=${token}`,
      expiresAt,
      unsubscribeUrl: `${publicUrl}/v1/mail/unsubscribe?token=${links.unsubscribe(to)}&lang=${encodeURIComponent(locale ?? 'en')}`,
    });
    await outbox.claim(lane, id, ordinal);
    try {
      await transport.send(message);
    } catch (error) {
      const waitMs = mailBackoffMs[lane.attempts];
      logger[waitMs === undefined ? 'error' : 'warn'](
        { err: error, conversationId, attempts: lane.attempts + 1 },
        waitMs === undefined ? 'An e-mail was given up.' : 'An e-mail could not be sent; it is tried again.',
      );
      await outbox.failed(lane, clock() + (waitMs ?? 0));
      if (waitMs === undefined) await outbox.settle(lane);
      return;
    }
    await outbox.sent(lane, clock());
  }
}

interface Letter {
  to: string;
  conversation: Conversation;
  unread: readonly Unread[];
  /** Where she wrote from, as her client says. */
  page: string | undefined;
}
