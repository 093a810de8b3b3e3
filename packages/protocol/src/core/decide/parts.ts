import type {
  Attachment,
  AudioPart,
  FilePart,
  ImagePart,
  Message,
  Part,
  QuotePart,
  SurveyPart,
  VideoPart,
} from '../../generated/types.ts';
import { isBlank } from '../../is-blank.ts';
import { messagePreview } from '../inbox-entry.ts';
import type { Decision } from '../types.ts';
import { refuse, type Situation } from './outcome.ts';
import { checkedSurvey, isSurvey } from './survey.ts';

type MediaPart = ImagePart | FilePart | AudioPart | VideoPart;

const mediaTypes: ReadonlySet<string> = new Set(['image', 'file', 'audio', 'video']);
const isMedia = (part: Part): part is MediaPart => mediaTypes.has(part.type);

/** What visitors may say. All else is the support side's, so that nobody is shown a card or a form a visitor forged. */
const visitorParts: ReadonlySet<string> = new Set(['text', 'location', 'quote', ...mediaTypes]);

/** Every character a reader could be shown counts: labels, titles and fallbacks as much as text. */
export function textLength(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, field) => sum + textLength(field), 0);
}

const shownLength = (parts: readonly Part[]): number =>
  parts.reduce((sum, { partId: _id, type: _type, ...shown }) => sum + textLength(shown), 0);

const says = (part: Part): boolean => part.type !== 'quote' && !(part.type === 'text' && isBlank(part.text));

/** What becomes of the parts. */
interface Use {
  /** The message goes on growing, so it may be empty. */
  streaming?: boolean;
  /** It is a whole message, which can ask a survey in line. */
  asks?: boolean;
  /** What the message held before: a survey in it stays as it is. */
  asked?: readonly Part[];
}

/** Why these parts cannot be a message here, if they cannot. */
export function refusalOfParts(
  parts: readonly Part[],
  situation: Situation,
  { streaming = false, asks = false, asked = [] }: Use = {},
): Decision | undefined {
  const { maxTextLength } = situation.env.policy.limits;
  const length = shownLength(parts);
  if (length > maxTextLength)
    return refuse(
      'message_too_long',
      `The message has ${length} characters; at most ${maxTextLength} are accepted. Shorten it or send it in pieces.`,
    );
  if (!streaming && !parts.some(says))
    return refuse('message_empty', 'The message says nothing. Write something, or attach a file.');
  if (new Set(parts.map((part) => part.partId)).size < parts.length)
    return refuse('invalid_command', 'Two parts of the message have the same partId. Give each its own.');
  const surveys = parts.filter(isSurvey).filter((part) => !isAsked(part, asked));
  if (surveys.length > (asks ? 1 : 0))
    return refuse(
      'invalid_command',
      'A survey is asked once, in a message that is sent whole, and one at a time. Send it in a message of its own.',
    );
  for (const part of parts) {
    const wrong = refusalOfPart(part, situation);
    if (wrong) return wrong;
  }
  return undefined;
}

function refusalOfPart(part: Part, situation: Situation): Decision | undefined {
  const { actor } = situation;
  if (part.type === 'notice' || (actor.role === 'visitor' && !visitorParts.has(part.type)))
    return refuse('forbidden', `A ${actor.role} cannot send a part of type "${part.type.slice(0, 64)}".`);
  if (!isMedia(part)) return undefined;
  if (part.attachmentId !== undefined) return refusalOfAttachment(part.attachmentId, situation);
  return actor.role !== 'visitor' && part.url
    ? undefined
    : refuse('attachment_unknown', `The part ${part.partId} names no attachment. Upload the file first.`);
}

function refusalOfAttachment(attachmentId: string, situation: Situation): Decision | undefined {
  const attachment = ownAttachment(attachmentId, situation);
  if (!attachment)
    return refuse(
      'attachment_unknown',
      `There is no attachment ${attachmentId} of yours in this conversation. Upload the file first.`,
    );
  if (attachment.state !== 'complete')
    return refuse(
      'attachment_incomplete',
      `${attachment.name} has not arrived whole. Wait until the upload is complete.`,
    );
  return undefined;
}

/** An attachment of this conversation that the actor announced; a view may also know those of other conversations. */
export function ownAttachment(id: string, { actor, conversation, view }: Situation): Attachment | undefined {
  const attachment = view.attachment(id);
  return attachment?.ownerId === actor.id && attachment.conversationId === conversation.id
    ? attachment
    : undefined;
}

const isAsked = ({ partId, surveyId }: SurveyPart, asked: readonly Part[]): boolean =>
  asked.some((part) => isSurvey(part) && part.partId === partId && part.surveyId === surveyId);

/** The parts of an edit, with the surveys that the message asks where they were left out: what is asked, an edit does not take back. */
export const withAsked = (parts: readonly Part[], asked: readonly Part[]): Part[] => [
  ...parts,
  ...asked.filter((one) => isSurvey(one) && !parts.some((part) => isSurvey(part) && isAsked(part, [one]))),
];

/**
 * The parts as they are stored: files and quotes are described by what is known, never by what the sender says.
 *
 * @param asked what the message held before: a survey in it stays as it is
 */
export function checkedParts(
  parts: readonly Part[],
  situation: Situation,
  asked: readonly Part[] = [],
): Part[] {
  return parts.flatMap((part): Part[] => {
    if (part.type === 'quote') return checkedQuote(part, situation);
    if (isSurvey(part))
      return [
        asked.find((one) => isSurvey(one) && isAsked(part, [one])) ?? checkedSurvey(part, situation.env),
      ];
    return [isMedia(part) ? checkedMedia(part, situation) : part];
  });
}

function checkedMedia(part: MediaPart, situation: Situation): Part {
  const attachment =
    part.attachmentId === undefined ? undefined : ownAttachment(part.attachmentId, situation);
  if (!attachment) return part;
  const { name, mediaType, size, width, height } = attachment;
  const { url: _url, ...rest } = part;
  const described = { ...rest, name, mediaType, size };
  if (part.type !== 'file' && !mediaType.startsWith(`${part.type}/`)) return { ...described, type: 'file' };
  return { ...described, ...(part.type === 'image' && width && height && { width, height }) };
}

/** A quote says what was said: its text must stand in the message it names, and a message nobody holds cannot be quoted. */
function checkedQuote(part: QuotePart, { view }: Situation): Part[] {
  const quoted = view.message(part.messageId);
  if (!quoted || quoted.status === 'deleted') return [];
  const { authorName: _claimed, ...rest } = part;
  const text = part.text !== '' && sourceOf(quoted).includes(part.text) ? part.text : messagePreview(quoted);
  return [{ ...rest, text, ...(quoted.author.name && { authorName: quoted.author.name }) }];
}

const sourceOf = (message: Message): string =>
  message.parts.map((part) => (part.type === 'text' ? (part as { text: string }).text : '')).join('\n');
