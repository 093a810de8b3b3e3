import type { VisitorSettings } from '@sahay/protocol';
import type { ConversationHandle, ConversationView, MessageContent, SupportClient } from '@sahay/client';
import { css, html, type TemplateResult } from 'lit';
import { closedBannerStyles } from '../banner/closed-banner.styles.ts';
import type { ComposerCancelDetail, ComposerFilesDetail, SahayComposer } from '../composer/composer.ts';
import type { Formats } from '../internal/formats.ts';
import { completeEnglish } from '../locales/complete-english.ts';
import type { Locale } from '../locales/locale.ts';
import { load, wear } from '../message/lazy-renderers.ts';
import type { RowEvents } from '../message/row-context.ts';
import { buttons } from '../theme/controls.ts';
import { followSource } from './reading.ts';
import type { Attempt } from '../message-tools/attempt.ts';
import { defineSurvey, loadSendFiles } from './lazy-parts.ts';
import type { RunningUpload } from './send-files.ts';

export { conversationBanner } from './conversation-banner.ts';

/*
 * What a window does that most conversations never ask of it: waiting for a person, the end, files, reading a source.
 */

completeEnglish();

/** The window, as those parts see it. */
export interface ChatRoom {
  readonly root: ShadowRoot;
  readonly locale: Locale;
  readonly formats: Formats;
  readonly client: SupportClient | undefined;
  readonly handle: ConversationHandle | undefined;
  readonly composer: SahayComposer | null;
  /** What the backend's people set for all visitors. */
  readonly settings: VisitorSettings | undefined;
  /** Whether it is known what they set, where nobody has begun yet. */
  readonly welcomed: boolean;
  /** The conversation; begins one if there is none. */
  begin(): ConversationHandle;
  startNew(): void;
  /** Shows a conversation; without one, the greeting. */
  show(handle: ConversationHandle | undefined): void;
  /** Says something; `content` is what is sent in place of the text alone. */
  send(text: string, content?: MessageContent): Promise<boolean>;
  /** Tells those who use a screen reader. */
  say(words: string): void;
  /** Does what a person asked for, and says so when that fails. */
  attempt(action: () => Promise<unknown> | undefined): Promise<void>;
  /** Says that something went wrong, in `words` if there are better ones than "something went wrong"; empty ones where it is said elsewhere. */
  failed(error: unknown, words?: string): void;
}

/** Looks of what stands here, in the window's root. */
export function furnish({ root }: ChatRoom): void {
  for (const looks of [buttons, closedBannerStyles, endStyles]) wear(root, looks);
}

/** The events of the window's parts that are answered here, and their details. */
interface Asked extends Omit<RowEvents, 'sahay-quick-reply'> {
  'sahay-load-earlier': unknown;
  'sahay-files': ComposerFilesDetail;
  'sahay-attempt': Attempt;
}

const answers: {
  [Type in keyof Asked]: (detail: Asked[Type], room: ChatRoom) => unknown;
} = {
  'sahay-load-earlier': (_detail, { handle }) => handle?.loadEarlier(),
  'sahay-retry': ({ key }, { handle }) => handle?.retry(key),
  'sahay-discard': ({ key }, { handle }) => handle?.discard(key),
  'sahay-feedback': ({ messageId, helpful }, { handle }) => handle?.feedback(messageId, helpful),
  'sahay-open-citation': followSource,
  'sahay-files': ({ files }, room) => sendFrom(room, files),
  'sahay-attempt': (action, room) => action(room),
};

/** Does what a person asked for with one of these events. */
export function answer(event: Event, room: ChatRoom): unknown {
  const { type, detail } = event as CustomEvent<unknown>;
  return answers[type as 'sahay-load-earlier'](detail, room);
}

/** The survey after the end, unless there is none or it was waved away. */
export function survey(view: ConversationView, { handle, failed }: ChatRoom): TemplateResult | undefined {
  const asked = view.conversation?.survey;
  // One that stands in the transcript is answered there, and one that has ended not at all.
  const isOver = asked?.state === 'requested' && Date.parse(asked.expiresAt) < Date.now();
  if (!asked || !handle || asked.messageId || asked.state === 'dismissed' || isOver) return undefined;
  defineSurvey().catch(failed);
  return html`<sahay-survey
    slot="after"
    part="survey"
    .conversation=${handle}
    .kind=${asked.kind}
  ></sahay-survey>`;
}

const uploads = new WeakMap<SahayComposer, Map<string, RunningUpload>>();

/** Sends files one by one, and shows them in the composer while they are on their way. */
async function sendFrom(room: ChatRoom, files: readonly File[]): Promise<void> {
  const { sendFiles } = await loadSendFiles();
  const { composer } = room;
  await sendFiles(files, {
    locale: room.locale,
    formats: room.formats,
    begin: room.begin,
    show: (id, upload) => composer && show(composer, id, upload),
    ask: async (error) => (await load('begin')).askAfter(error, room),
    refuse: (words, error) => room.failed(error ?? new Error(words), words),
    // The words stand beside the file.
    failed: (error) => room.failed(error, ''),
  });
}

function show(composer: SahayComposer, id: string, upload: RunningUpload | undefined): void {
  const running = uploads.get(composer) ?? listen(composer);
  if (upload) running.set(id, upload);
  else running.delete(id);
  composer.uploads = [...running.values()];
}

function listen(composer: SahayComposer): Map<string, RunningUpload> {
  const running = new Map<string, RunningUpload>();
  uploads.set(composer, running);
  const asked = (event: Event): RunningUpload | undefined =>
    running.get((event as CustomEvent<ComposerCancelDetail>).detail.id);
  composer.addEventListener('sahay-cancel-upload', (event) => asked(event)?.stop());
  composer.addEventListener('sahay-retry-upload', (event) => asked(event)?.again?.());
  return running;
}

const endStyles = css`
  .banner .button {
    min-block-size: 36px;
    font-size: var(--_text-s);
  }
  sahay-survey {
    margin-block-start: var(--_space-4);
  }
`;
