import type { MessageView } from '@sahay/client';
import type { Message, Participant, Part } from '@sahay/protocol';
import { filled, partDefinitions } from '@sahay/protocol/fixtures';

/** As many as the longest enumeration has values. */
const turns = 14;
/** What stands in another's way when it is there. */
const omissions = [[], ['attachmentId', 'articleId', 'fallbackText', 'submitted']] as const;

/** Every part there is in every variant its enumerations allow, with a text in every field that takes text. */
export function hostileParts(text: string): Part[] {
  const known = new Set<string>();
  const parts: Part[] = [];
  for (const definition of partDefinitions)
    for (const without of omissions)
      for (let turn = 0; turn < turns; turn++) {
        const part = filled(definition, { text, without, turn }) as Part;
        const same = JSON.stringify({ ...part, partId: '', type: part.type.replace(/^x-.*/, 'x') });
        const { size } = known;
        if (known.add(same).size > size) parts.push({ ...part, partId: `p${parts.length}` });
      }
  return parts;
}

/** Every part there is in one variant, which the turn chooses: all of them come up when turns are counted on. */
export function hostilePartsAt(text: string, turn: number): Part[] {
  return partDefinitions.flatMap((definition) =>
    omissions.map((without, index) => {
      const part = filled(definition, { text, without, turn }) as Part;
      return { ...part, partId: `${definition}${index}` };
    }),
  );
}

/** A message of somebody with a hostile name and face, made of all those parts. */
export function hostileMessage(text: string, index: number, change: Partial<Message> = {}): MessageView {
  const author = {
    ...(filled('Participant', { text }) as Participant),
    id: `a${index}`,
    role: 'agent' as const,
  };
  const message: Message = {
    id: `m${index}`,
    conversationId: 'c1',
    author,
    status: 'complete',
    parts: hostileParts(text),
    createdAt: '2026-03-02T10:41:00Z',
    ...change,
  };
  return { key: message.id, own: false, delivery: 'received', message };
}
