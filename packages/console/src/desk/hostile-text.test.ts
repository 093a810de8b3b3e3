/* The same for those who answer: hostile text in every field that a visitor, a bot, a colleague or a host page can fill. */
import { expect } from '@open-wc/testing';
import type { AgentPresence, Conversation, InboxEntry, Participant, StaffState } from '@sahay/protocol';
import { filled, payloads, type Filling } from '@sahay/protocol/fixtures';
import { hostileMessage } from '../../../elements/src/testing/hostile-messages.ts';
import { Inertness } from '../../../elements/src/testing/inertness.ts';
import '../define/all.ts';
import { DeskPage, settled } from '../testing/desk-page.ts';
import { FakeAgentClient, listOf, mine, me } from '../testing/fake-agent-client.ts';

const atOnce = 6;
const author = (text: string): Participant => ({ id: 'v1', role: 'visitor', name: text, avatarUrl: text });

function conversationOf(filling: Filling): Conversation {
  const made = filled('Conversation', filling) as Conversation;
  return { ...made, id: 'c1', status: 'open', visitor: author(filling.text), assignment: mine };
}

/** Facts from all enumerations, so that each kind of note, trace and reason is seen. */
function staffOf(some: readonly string[]): StaffState {
  const all = some.map((text, turn) => filled('StaffState', { text, turn }) as StaffState);
  const [first] = all;
  return {
    ...first!,
    notes: all.flatMap(({ notes }, index) => notes.map((note) => ({ ...note, noteId: `n${index}` }))),
    traces: all.flatMap(({ traces }, index) =>
      traces.map((trace) => ({ ...trace, traceId: `t${index}`, messageId: `m${index}` })),
    ),
  };
}

describe('hostile text in the console', () => {
  it('stays text in every field, pressed or not', async function () {
    this.timeout(300_000);
    const client = new FakeAgentClient();
    client.routes.set('GET /v1/canned-replies', () => Response.json({ replies: [] }));
    const handle = client.add('c1', { conversation: conversationOf({ text: 'Mina' }) });
    const file = new URL('/package.json', location.href).href;
    handle.attachmentUrl = async () => file;
    const watch = new Inertness();
    const page = await DeskPage.open(client, 'c1');
    page.desk.details = true;
    const inbox = document.createElement('sahay-inbox');
    Object.assign(inbox, { client });
    page.desk.after(inbox);
    for (let from = 0; from < payloads.length; from += atOnce) {
      const some = payloads.slice(from, from + atOnce);
      handle.set({
        conversation: conversationOf({ text: some[0]! }),
        messages: listOf(some.map((text, index) => hostileMessage(text, index))),
        typing: [author(some[0]!)],
        staff: staffOf(some),
      });
      client.inbox.set({
        entries: some.map((text, turn) => ({
          ...(filled('InboxEntry', { text, turn }) as InboxEntry),
          conversationId: `c${turn + 2}`,
        })),
        agents: [
          { agent: me, status: 'online' },
          ...some.map((text, turn) => filled('AgentPresence', { text, turn }) as AgentPresence),
        ],
      });
      await settled();
      for (const root of [page.desk.shadowRoot!, inbox.shadowRoot!]) watch.look(root);
      watch.press(page.list.shadowRoot!);
      await settled();
      watch.look(page.desk.shadowRoot!);
      expect(watch.broken, JSON.stringify(some)).to.deep.equal([]);
    }
    await watch.end();
    expect(watch.broken).to.deep.equal([]);
  });
});
