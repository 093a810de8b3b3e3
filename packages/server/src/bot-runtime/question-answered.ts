import type { Message } from '@sahay/protocol';
import type { Store } from '../storage/store.ts';

/** An answer to an answer to an answer … is followed so far. */
const mostSteps = 50;

/** The visitor's message that one of the bot's answers, also when it is an answer in place of another; `undefined` for what answers none. */
export async function questionAnswered(
  store: Pick<Store, 'message'>,
  conversationId: string,
  answerId: string,
): Promise<Message | undefined> {
  let id = answerId;
  for (let step = 0; step < mostSteps; step++) {
    const answer = await store.message(conversationId, id);
    const [, kind, about] = /^(question|again)\.(.+)\.\d+$/.exec(answer?.clientMessageId ?? '') ?? [];
    if (about === undefined) return undefined;
    if (kind === 'question') return store.message(conversationId, about);
    id = about;
  }
  return undefined;
}
