// What can be done in a conversation beside talking; each is documented at `ConversationHandle`.
import type { Attachment, MessageMatches, MessagePage, SurveyAnswers } from '@sahay/protocol';
import { follows } from '@sahay/protocol/validate';
import type { SentMessage, UploadOptions } from '../conversation-handle.ts';
import { partOfAttachment } from '../files/attachment-part.ts';
import { SignedLinks } from '../files/signed-links.ts';
import { upload as uploadFile } from '../files/upload.ts';
import { messageKeyOf } from '../outbox/outbox-entry.ts';
import { discard as discardFrom } from '../outbox/trouble.ts';
import { patiently } from '../sahay-connector/patiently.ts';
import { requestOver } from '../sahay-connector/request.ts';
import { outOfLine, SahayError } from '../sahay-error.ts';
import { pause } from '../session/pause.ts';
import type { Session } from '../session/session.ts';
import { fillGap, gapOf, insertAround, type Gap, type GapSide } from '../store/gap.ts';
import { prepend } from '../store/prepend.ts';
import type { ConversationModel } from '../store/conversation-model.ts';
import type { Conversation } from './conversation.ts';

/** The conversation that a verb is about. */
export interface Place {
  id: string;
  model: ConversationModel;
  talk: Conversation;
  session: Session;
}

export function upload(
  { id, talk, session }: Place,
  file: Blob,
  options: UploadOptions,
): Promise<Attachment> {
  return uploadFile(file, options, {
    conversationId: id,
    ownerId: () => session.user.participant?.id ?? 'me',
    command: async ({ type, data }) => (await talk.put(type, data)).result,
    fetch: (path, init) => requestOver(session, path, init),
    random: session.host.random,
    pause: (ms, signal) => pause(session, ms, signal),
  });
}

export async function sendFile(place: Place, file: Blob, options: UploadOptions): Promise<SentMessage> {
  const attachment = await upload(place, file, options);
  return place.talk.send({ parts: [partOfAttachment(attachment, options.alt)] });
}

const linksOf = new WeakMap<Session, SignedLinks>();

export function attachmentUrl({ session }: Place, attachmentId: string): Promise<string> {
  const links =
    linksOf.get(session) ??
    new SignedLinks(
      session.host.clock,
      (path) => patiently(session, path, { method: 'POST' }),
      session.host.base,
    );
  linksOf.set(session, links);
  return links.get(attachmentId);
}

export function discard({ id, session }: Place, key: string): Promise<void> {
  return discardFrom(session.outbox, id, key);
}

export async function retry({ id, talk, session }: Place, key: string): Promise<void> {
  const entry = session.outbox.entries(id).find((one) => messageKeyOf(one) === key);
  if (entry?.problem) await talk.put(entry.command.type, entry.command.data, entry);
}

export async function loadEarlier(place: Place, limit = 50): Promise<void> {
  const { model } = place;
  const { earlier } = model;
  if (earlier === undefined || model.view.getSnapshot().loadingEarlier) return;
  model.loadingEarlier = true;
  model.view.changed();
  try {
    prepend(model, await page(place, { before: earlier, limit }), earlier);
  } finally {
    model.loadingEarlier = false;
    model.view.changed();
  }
}

export async function loadAround(place: Place, messageId: string, limit = 50): Promise<boolean | undefined> {
  const { model, session } = place;
  const isHeld = (): boolean => model.messages.placeOf(messageId) !== undefined;
  if (isHeld()) return true;
  if (!session.connector.capabilities().has('history_around')) return undefined;
  const before = model.messages;
  try {
    const found = await page(place, { around: messageId, limit });
    // A snapshot that came meanwhile, or an erasure, stands for all that was held.
    if (model.messages !== before) return await loadAround(place, messageId, limit);
    insertAround(model, found, session.user.participant?.id);
  } catch (error) {
    if (error instanceof SahayError && error.code === 'message_not_found') return false;
    throw error;
  }
  model.view.changed();
  return isHeld();
}

const filling = new WeakMap<Gap, Promise<void>>();

/** Whoever asks while it is on its way waits for it. */
export function loadBetween(place: Place, next: GapSide, limit = 50): Promise<void> {
  const gap = gapOf(place.model);
  if (!gap) return Promise.resolve();
  const running = filling.get(gap) ?? fill(place, gap, next, limit).finally(() => filling.delete(gap));
  filling.set(gap, running);
  return running;
}

async function fill(place: Place, gap: Gap, next: GapSide, limit: number): Promise<void> {
  const from = next === 'before' ? { after: gap.later } : { before: gap.earlier };
  const { model, session } = place;
  fillGap(model, await page(place, { ...from, limit }), next, gap, session.user.participant?.id);
  model.view.changed();
}

async function page({ id, session }: Place, query: Record<string, string | number>): Promise<MessagePage> {
  const params = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  const response = await patiently(session, `/v1/conversations/${id}/messages?${params}`);
  const answer: unknown = await response.json();
  if (!follows('MessagePage', answer)) throw outOfLine('page');
  return answer;
}

/** What a backend answers is read with care: what has no id cannot be shown, and a cursor that is none leads nowhere. */
export async function search(
  { id, model, session }: Place,
  query: string,
  before: string | undefined = gapOf(model)?.earlier ?? model.earlier,
): Promise<MessageMatches> {
  const params = new URLSearchParams({ q: query, ...(before !== undefined && { before }) });
  const response = await patiently(session, `/v1/conversations/${id}/search?${params}`);
  const { matches, earlier } = (await response.json()) as Partial<MessageMatches>;
  if (!Array.isArray(matches)) throw outOfLine('search');
  return {
    matches: matches.filter((match) => typeof match?.messageId === 'string'),
    ...(typeof earlier === 'string' && { earlier }),
  };
}

export const requestHandoff = ({ talk }: Place): Promise<void> =>
  talk.do('handoff.request', { reason: 'asked_for_person' });
export const cancelHandoff = ({ talk }: Place): Promise<void> => talk.do('handoff.cancel', {});
export const feedback = (
  { talk }: Place,
  messageId: string,
  helpful: boolean,
  reason?: string,
): Promise<void> => talk.do('message.feedback', { messageId, helpful, reason });
export const submitSurvey = ({ talk }: Place, surveyId: string, answers: SurveyAnswers): Promise<void> =>
  talk.do('survey.submit', { surveyId, answers });
export const dismissSurvey = ({ talk }: Place, surveyId: string): Promise<void> =>
  talk.do('survey.dismiss', { surveyId });
export const close = ({ talk }: Place, reason?: string): Promise<void> =>
  talk.do('conversation.close', { reason });
export const reopen = ({ talk }: Place): Promise<void> => talk.do('conversation.reopen', {});
export const cancelMessage = ({ talk }: Place, messageId: string): Promise<void> =>
  talk.do('message.cancel', { messageId });
export const accept = ({ talk }: Place): Promise<void> => talk.do('assignment.accept', {});
export const decline = ({ talk }: Place, reason?: string): Promise<void> =>
  talk.do('assignment.decline', { reason });
export const transfer = (
  { talk }: Place,
  to: { toAgentId?: string | undefined; note?: string | undefined } = {},
): Promise<void> => talk.do('assignment.transfer', to);
export const returnToBot = ({ talk }: Place): Promise<void> => talk.do('assignment.return_to_bot', {});
export const addNote = ({ talk }: Place, text: string): Promise<void> => talk.do('note.add', { text });

export async function transcript(
  { id, session }: Place,
  format: 'html' | 'text' | 'json' = 'html',
  locale?: string,
): Promise<Blob> {
  const query = new URLSearchParams({
    format,
    ...(locale && { locale }),
  });
  return (await patiently(session, `/v1/conversations/${id}/transcript?${query}`)).blob();
}

export async function release({ model, session }: Place): Promise<void> {
  const { models, log, connection } = session;
  for (const [name, held] of models) {
    if (held !== model || model.view.listeners.size > 0) continue;
    models.delete(name);
    model.dispose();
    // Without a connection nothing is subscribed to, and the next one is not asked for it any more.
    if (log.streams.delete(name) && connection.getSnapshot().state === 'online')
      session.link.send({ type: 'unsubscribe', stream: name });
  }
}
