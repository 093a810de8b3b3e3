import { expect } from '@open-wc/testing';
import '../define/all.ts';
import { DeskPage, settled } from '../testing/desk-page.ts';
import {
  before,
  conversation,
  FakeAgentClient,
  listOf,
  me,
  mine,
  said,
  visitor,
} from '../testing/fake-agent-client.ts';

function talk(client: FakeAgentClient) {
  return client.add('c1', {
    conversation: conversation({ assignment: mine }),
    messages: listOf([said('m1', visitor, 'Hello', 8), said('m2', visitor, 'Are you there?', 2)]),
  });
}

describe('notes', () => {
  it('stand between the messages in the order of time, named as never seen by the visitor', async () => {
    const client = new FakeAgentClient();
    talk(client).set({
      staff: {
        traces: [],
        context: {},
        notes: [
          { noteId: 'n1', author: me, text: 'Second broken lamp', createdAt: before(5) },
          { noteId: 'n2', author: me, text: 'Ask the supplier', createdAt: before(1) },
        ],
      },
    });
    const page = await DeskPage.open(client, 'c1');
    const order = ['Hello', 'Second broken lamp', 'Are you there?', 'Ask the supplier'];
    const places = order.map((words) => page.transcript.findIndex((line) => line.includes(words)));
    expect(places).to.deep.equal([...places].sort((a, b) => a - b));
    expect(places).not.to.include(-1);
    const note = page.list.querySelector('.note')!;
    expect(note.textContent).to.contain('never seen by the visitor');
    expect(note.getAttribute('aria-label')).to.contain('Internal note');
  });

  it('are saved as notes and never sent', async () => {
    const client = new FakeAgentClient();
    const handle = talk(client);
    const page = await DeskPage.open(client, 'c1');
    await page.mode('note');
    expect(page.field!.getAttribute('aria-label')).to.contain('never seen by the visitor');
    expect(page.replyBox.shadowRoot!.textContent).to.contain('Only your team sees this');
    await page.write('She is a good customer');
    await page.key(page.field!, 'Enter');
    expect(handle.called('addNote')).to.deep.equal([['She is a good customer']]);
    expect(handle.called('send')).to.be.empty;
    expect(handle.called('typing'), 'nobody is told').to.be.empty;
    expect(page.replyBox.shadowRoot!.querySelector<HTMLInputElement>('input[value=note]')!.checked).to.equal(
      true,
    );
    await expect(page.desk).to.be.accessible();
  });

  it('have a field of their own: what was begun as a note is not in the reply, nor the other way round', async () => {
    const client = new FakeAgentClient();
    const handle = talk(client);
    const page = await DeskPage.open(client, 'c1');
    await page.write('Dear Mina');
    await page.mode('note');
    expect(page.field!.value).to.equal('');
    await page.write('Difficult');
    await page.mode('reply');
    expect(page.field!.value).to.equal('Dear Mina');
    await page.key(page.field!, 'Enter');
    expect(handle.called('send')).to.deep.equal([['Dear Mina']]);
    await page.mode('note');
    expect(page.field!.value).to.equal('Difficult');
  });

  it('can be written without having the conversation, also when it is closed', async () => {
    const client = new FakeAgentClient();
    const handle = talk(client);
    handle.set({
      conversation: conversation({ status: 'closed', assignment: { state: 'none', since: before(0) } }),
    });
    const page = await DeskPage.open(client, 'c1');
    expect(page.field).to.equal(null);
    await page.mode('note');
    await page.write('Call her on Monday');
    await page.key(page.field!, 'Enter');
    expect(handle.called('addNote')).to.have.length(1);
  });

  it('are shown at once, and given back when they were refused', async () => {
    const client = new FakeAgentClient();
    const handle = talk(client);
    let refuse: (reason: Error) => void = () => undefined;
    handle.addNote = () => new Promise<void>((_done, failed) => (refuse = failed));
    const page = await DeskPage.open(client, 'c1');
    await page.mode('note');
    await page.write('Refused one');
    await page.key(page.field!, 'Enter');
    expect(page.transcript.join('\n')).to.contain('Refused one').and.contain('Saving');
    refuse(new Error('no'));
    await settled();
    expect(page.list.querySelector('.note')).to.equal(null);
    expect(page.field!.value).to.equal('Refused one');
    expect(page.conversation.shadowRoot!.querySelector('[kind=problem]')!.textContent).to.contain(
      'not saved',
    );
  });

  it('have no attachments', async () => {
    const client = new FakeAgentClient();
    talk(client);
    const page = await DeskPage.open(client, 'c1');
    expect(page.composer.attachments).to.equal(true);
    await page.mode('note');
    expect(page.composer.attachments).to.equal(false);
  });
});
