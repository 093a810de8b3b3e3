import { SahayError } from '@sahay/client';
import type { SurveyPart } from '@sahay/protocol';
import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import '../define/chat.ts';
import '../define/survey.ts';
import type { SahayChat } from '../chat/chat.ts';
import { conversation, FakeClient, FakeConversation, messageView } from '../testing/fake-client.ts';
import type { SahaySurveyInLine } from './survey-in-line.ts';
import type { SahaySurvey } from './survey.ts';

const inside = <T extends HTMLElement>(survey: SahaySurvey, selector: string): T =>
  survey.shadowRoot!.querySelector<T>(selector)!;

async function rate(survey: SahaySurvey, score: number): Promise<void> {
  const inputs = inside(survey, 'sahay-rating').shadowRoot!.querySelectorAll('input');
  [...inputs].find(({ value }) => Number(value) === score)!.click();
  await survey.updateComplete;
}

function asked(kind: 'csat' | 'nps' | 'ces' = 'csat'): FakeConversation {
  const handle = new FakeConversation();
  const time = '2026-03-02T10:41:00Z';
  const survey = { surveyId: 's1', kind, state: 'requested' as const, requestedAt: time, expiresAt: time };
  handle.set({ phase: 'ready', conversation: conversation({ status: 'closed', survey }) });
  return handle;
}

describe('sahay-survey', () => {
  it('asks what its kind asks', async () => {
    const question = async (kind: string): Promise<string> =>
      inside(await fixture<SahaySurvey>(html`<sahay-survey kind=${kind}></sahay-survey>`), 'h3').innerText;
    expect(await question('csat')).to.equal('How satisfied are you with our help?');
    expect(await question('nps')).to.contain('recommend');
    expect(await question('ces')).to.contain('easy');
  });

  it('tells score and words, and thanks', async () => {
    const survey = await fixture<SahaySurvey>(html`<sahay-survey kind="nps"></sahay-survey>`);
    await rate(survey, 9);
    inside<HTMLTextAreaElement>(survey, 'textarea').value = ' Quick and kind. ';
    setTimeout(() => inside(survey, '[part=submit]').click());
    const { detail } = await oneEvent(survey, 'sahay-submit');
    expect(detail).to.deep.equal({ kind: 'nps', answers: { score: 9, comment: 'Quick and kind.' } });
    await survey.updateComplete;
    expect(inside(survey, '[role=status]').innerText).to.contain('Thank you');
  });

  it('asks for a score first, and leads to it', async () => {
    const survey = await fixture<SahaySurvey>(html`<sahay-survey></sahay-survey>`);
    let sent = 0;
    survey.addEventListener('sahay-submit', () => sent++);
    inside(survey, '[part=submit]').click();
    await survey.updateComplete;
    expect(sent).to.equal(0);
    expect(inside(survey, '[role=alert]').innerText).to.equal('Choose a rating first');
    expect(survey.shadowRoot!.activeElement!.localName).to.equal('sahay-rating');
  });

  it('stays when the event is cancelled', async () => {
    const survey = await fixture<SahaySurvey>(html`<sahay-survey></sahay-survey>`);
    survey.addEventListener('sahay-submit', (event) => event.preventDefault());
    await rate(survey, 5);
    inside(survey, '[part=submit]').click();
    await survey.updateComplete;
    expect(inside(survey, 'form')).to.exist;
  });

  it('asks further questions', async () => {
    const fields = [
      { name: 'topic', kind: 'choice' as const, label: 'About what?', options: ['Orders', 'Returns'] },
    ];
    const survey = await fixture<SahaySurvey>(
      html`<sahay-survey kind="custom" .fields=${fields}></sahay-survey>`,
    );
    inside<HTMLSelectElement>(survey, 'select').value = 'Returns';
    setTimeout(() => inside(survey, '[part=submit]').click());
    const { detail } = await oneEvent(survey, 'sahay-submit');
    expect(detail.answers).to.deep.equal({ fields: { topic: 'Returns' } });
  });

  it('asks for numbers of its own, and tells them by their names', async () => {
    const fields = [
      { name: 'speed', kind: 'score' as const, label: 'How fast were we?' },
      { name: 'words', kind: 'comment' as const, label: 'And why?' },
    ];
    const survey = await fixture<SahaySurvey>(
      html`<sahay-survey kind="custom" .fields=${fields}></sahay-survey>`,
    );
    await waitUntil(() => inside(survey, 'sahay-rating')?.shadowRoot?.querySelector('input'));
    expect(inside(survey, 'h3'), 'there is no question to head it').to.equal(null);
    await expect(survey).to.be.accessible();
    inside(survey, '[part=submit]').click();
    await survey.updateComplete;
    expect(inside(survey, '[role=alert]').innerText, 'nothing was answered').to.equal('Fill this in.');
    await rate(survey, 8);
    setTimeout(() => inside(survey, '[part=submit]').click());
    const { detail } = await oneEvent(survey, 'sahay-submit');
    expect(detail.answers).to.deep.equal({ fields: { speed: 8 } });
  });

  it('answers the survey of its conversation', async () => {
    const handle = asked('ces');
    const survey = await fixture<SahaySurvey>(html`<sahay-survey .conversation=${handle}></sahay-survey>`);
    await rate(survey, 7);
    inside(survey, '[part=submit]').click();
    expect(handle.calls).to.deep.equal([['submitSurvey', 's1', { score: 7 }]]);
  });

  it('comes back when its answers could not be stored', async () => {
    const handle = asked();
    handle.failing = 'submitSurvey';
    const survey = await fixture<SahaySurvey>(html`<sahay-survey .conversation=${handle}></sahay-survey>`);
    await rate(survey, 2);
    setTimeout(() => inside(survey, '[part=submit]').click());
    const { detail } = await oneEvent(survey, 'sahay-error');
    expect(detail.error.message).to.equal('submitSurvey was refused');
    await survey.updateComplete;
    expect(inside(survey, 'form')).to.exist;
    expect(inside(survey, '[role=alert]').innerText).to.equal('Something went wrong. Try again.');
    await expect(survey).to.be.accessible();
    handle.submitSurvey = () => Promise.reject(new SahayError('survey_expired', 'It has ended.'));
    inside(survey, '[part=submit]').click();
    await waitUntil(() => inside(survey, '[role=alert]')?.innerText === 'No longer open');
    handle.submitSurvey = () => Promise.resolve();
    inside(survey, '[part=submit]').click();
    await survey.updateComplete;
    expect(inside(survey, '[role=alert]')).to.equal(null);
  });

  it('goes on where the element before it stood, and is not asked twice while its answers are on their way', async () => {
    const handle = asked();
    const make = () => fixture<SahaySurvey>(html`<sahay-survey .conversation=${handle}></sahay-survey>`);
    const first = await make();
    await rate(first, 2);
    const field = inside<HTMLTextAreaElement>(first, 'textarea');
    field.value = 'Too slow';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    first.remove();
    const second = await make();
    expect(inside<HTMLTextAreaElement>(second, 'textarea').value).to.equal('Too slow');
    const stored = Promise.withResolvers<void>();
    const sent: unknown[] = [];
    handle.submitSurvey = (id, answers) => (sent.push(id, answers), stored.promise);
    inside(second, '[part=submit]').click();
    await second.updateComplete;
    expect(sent).to.deep.equal(['s1', { score: 2, comment: 'Too slow' }]);
    second.remove();
    const third = await make();
    expect(inside(third, 'form')).to.equal(null);
    stored.reject(new Error('refused'));
    await waitUntil(() => inside(third, 'form'));
    expect(inside<HTMLTextAreaElement>(third, 'textarea').value).to.equal('Too slow');
  });

  it('lets one decline', async () => {
    const handle = asked();
    const survey = await fixture<SahaySurvey>(html`<sahay-survey .conversation=${handle}></sahay-survey>`);
    setTimeout(() => inside(survey, '.button.quiet').click());
    await oneEvent(survey, 'sahay-dismiss');
    expect(handle.calls).to.deep.equal([['dismissSurvey', 's1']]);
    await survey.updateComplete;
    expect(inside(survey, 'form')).to.equal(null);
  });

  it('thanks at once for what was answered elsewhere', async () => {
    const handle = asked();
    const survey = await fixture<SahaySurvey>(html`<sahay-survey .conversation=${handle}></sahay-survey>`);
    const { conversation: state } = handle.getSnapshot();
    handle.set({ conversation: { ...state!, survey: { ...state!.survey!, state: 'submitted' } } });
    await survey.updateComplete;
    expect(inside(survey, '[role=status]')).to.exist;
  });

  for (const kind of ['csat', 'nps', 'ces']) {
    it(`is accessible as ${kind}, answered or not`, async () => {
      const survey = await fixture<SahaySurvey>(html`<sahay-survey kind=${kind}></sahay-survey>`);
      await expect(survey).to.be.accessible();
      await rate(survey, 4);
      await expect(survey).to.be.accessible();
    });
  }
});

describe('a survey in the transcript', () => {
  const time = '2026-03-02T10:41:00Z';
  const survey = {
    surveyId: 's1',
    kind: 'ces' as const,
    state: 'requested' as const,
    messageId: 'm1',
    partId: 'q',
    requestedAt: time,
    expiresAt: '2999-03-02T10:41:00Z',
  };
  const part: SurveyPart = {
    partId: 'q',
    type: 'survey',
    surveyId: 's1',
    kind: 'ces',
    question: 'Was it easy?',
  };
  const shown = (about: Partial<SurveyPart> = {}) =>
    messageView({ message: { id: 'm1', parts: [{ ...part, ...about }] } });

  async function asked(about: Partial<SurveyPart> = {}) {
    const client = new FakeClient();
    const handle = new FakeConversation();
    handle.set({ conversation: conversation({ survey }) });
    handle.show(shown(about));
    client.open = handle;
    const chat = await fixture<SahayChat>(html`<sahay-chat .client=${client} lang="en"></sahay-chat>`);
    const list = chat.shadowRoot!.querySelector('sahay-message-list')!;
    const inline = (): SahaySurveyInLine => list.shadowRoot!.querySelector('sahay-survey-in-line')!;
    await waitUntil(inline, 'no survey', { timeout: 5000 });
    await inline().updateComplete;
    const form = (): SahaySurvey | null => inline().shadowRoot!.querySelector('sahay-survey');
    const said = (): string => inline().shadowRoot!.querySelector<HTMLElement>('.answered')!.innerText;
    return { chat, handle, inline, form, said };
  }

  it('is asked in its own words, answered in place, and says what was answered', async () => {
    const { handle, form, said, inline } = await asked();
    await waitUntil(() => inside(form()!, 'h3')?.innerText === 'Was it easy?');
    await rate(form()!, 6);
    inside<HTMLTextAreaElement>(form()!, 'textarea').value = 'Two taps';
    inside(form()!, '[part=submit]').click();
    await waitUntil(() => handle.calls.length);
    expect(handle.calls.at(-1)).to.deep.equal(['submitSurvey', 's1', { score: 6, comment: 'Two taps' }]);
    handle.show(shown({ state: 'submitted', answers: { score: 6, comment: 'Two taps' } }));
    await waitUntil(() => !form());
    expect(said()).to.contain('Was it easy?').and.contain('6 of 7').and.contain('Two taps');
    expect(
      inline().shadowRoot!.querySelector('[role=status]')?.localName,
      'a stored line is read with the transcript',
    ).to.equal(undefined);
    await expect(inline()).to.be.accessible();
  });

  for (const button of ['[part=submit]', '[type=button].quiet'])
    it(`keeps whoever pressed ${button} in the transcript`, async () => {
      const { chat, form } = await asked();
      await waitUntil(() => form() && inside(form()!, button));
      if (button === '[part=submit]') await rate(form()!, 6);
      inside(form()!, button).focus();
      inside(form()!, button).click();
      await waitUntil(() => chat.shadowRoot!.activeElement?.localName === 'sahay-message-list');
      expect(inside(form()!, button)).to.equal(null);
    });

  it('is asked once, where it stands, also after the close', async () => {
    const { chat, handle } = await asked();
    handle.set({ conversation: conversation({ status: 'closed', survey }) });
    await chat.updateComplete;
    await waitUntil(() => chat.shadowRoot!.querySelector('.banner'));
    expect(chat.shadowRoot!.querySelector('sahay-survey')).to.equal(null);
  });

  it('rests once another one was asked, or it was skipped', async () => {
    const { handle, form, said } = await asked();
    await waitUntil(form);
    handle.set({ conversation: conversation({ survey: { ...survey, surveyId: 's2' } }) });
    await waitUntil(() => !form());
    expect(said()).to.contain('No longer open');
    handle.show(shown({ state: 'dismissed' }));
    await waitUntil(() => said().includes('Skipped'));
  });
});
