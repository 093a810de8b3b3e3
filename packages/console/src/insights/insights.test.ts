import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../define/all.ts';
import { settled } from '../testing/desk-page.ts';
import { before, FakeAgentClient, HeldClock } from '../testing/fake-agent-client.ts';
import type { InsightsData } from './insights-data.ts';
import type { SahayInsights } from './insights.ts';

const data: InsightsData = {
  days: 30,
  conversations: 48,
  rating: { average: 4.25, count: 12, distribution: { '1': 0, '2': 1, '3': 1, '4': 4, '5': 6 } },
  firstResponse: { median: 42, p90: 300, count: 20, waiting: 1 },
  outcome: { resolvedByBot: 30, handedOver: 10, resolvedByBotShare: 0.75 },
  unanswered: [
    { question: 'Do you ship to Peru?', count: 3, lastAskedAt: before(10), conversationIds: ['c7', 'c8'] },
    { question: '<b>Is it safe?</b>', count: 1, lastAskedAt: before(90), conversationIds: ['c9'] },
  ],
  topArticles: [
    {
      articleId: 'returns',
      title: 'Returns and refunds',
      count: 9,
      lastQuestion: 'Send back?',
      lastAskedAt: before(5),
    },
  ],
};

async function insightsOf(client: FakeAgentClient): Promise<SahayInsights> {
  const element = await fixture<SahayInsights>(
    html`<sahay-insights .client=${client} .clock=${new HeldClock()} lang="en"></sahay-insights>`,
  );
  await settled();
  return element;
}

const words = (element: SahayInsights): string => element.shadowRoot!.textContent.replace(/\s+/g, ' ');

describe('sahay-insights', () => {
  it('shows four figures and two lists', async () => {
    const client = new FakeAgentClient();
    client.routes.set('GET /v1/insights?days=30', () => Response.json(data));
    const element = await insightsOf(client);
    expect(element.shadowRoot!.querySelectorAll('[part=figure]')).to.have.length(4);
    for (const text of [
      '48',
      '4.3',
      '12 ratings',
      'Very satisfied: 6',
      '42 sec',
      'within 5 min',
      '75%',
      'Do you ship to Peru?',
      '3 times',
      'Returns and refunds',
    ])
      expect(words(element)).to.contain(text);
    expect(words(element)).to.contain('<b>Is it safe?</b>');
    await expect(element).to.be.accessible();
  });

  it('leads from an unanswered question to its conversations', async () => {
    const client = new FakeAgentClient();
    client.routes.set('GET /v1/insights?days=30', () => Response.json(data));
    const element = await insightsOf(client);
    const links = [...element.shadowRoot!.querySelectorAll<HTMLElement>('.link')];
    setTimeout(() => links[1]!.click());
    const { detail } = await oneEvent(element, 'sahay-select');
    expect(detail).to.deep.equal({ conversationId: 'c8' });
  });

  it('looks further back on request', async () => {
    const client = new FakeAgentClient();
    client.routes.set('GET /v1/insights?days=30', () => Response.json(data));
    client.routes.set('GET /v1/insights?days=90', () => Response.json({ ...data, conversations: 321 }));
    const element = await insightsOf(client);
    element.shadowRoot!.querySelector<HTMLElement>('input[value="90"]')!.click();
    await settled();
    expect(words(element)).to.contain('321');
  });

  it('ignores an answer that comes after another range was chosen', async () => {
    const client = new FakeAgentClient();
    let late: (response: Response) => void = () => undefined;
    client.routes.set('GET /v1/insights?days=30', () => new Promise((done) => (late = done)));
    client.routes.set('GET /v1/insights?days=7', () => Response.json({ ...data, conversations: 77 }));
    const element = await insightsOf(client);
    expect(element.shadowRoot!.querySelector('.skeleton')).to.exist;
    element.days = 7;
    await settled();
    late(Response.json({ ...data, conversations: 30 }));
    await settled();
    expect(words(element)).to.contain('77');
  });

  it('says so when the figures cannot be loaded, and tries again', async () => {
    const client = new FakeAgentClient();
    const element = await insightsOf(client);
    expect(words(element)).to.contain('could not be loaded');
    client.routes.set('GET /v1/insights?days=30', () => Response.json(data));
    element.shadowRoot!.querySelector<HTMLElement>('.state button')!.click();
    await settled();
    expect(words(element)).to.contain('48');
  });

  it('is honest about nothing', async () => {
    const client = new FakeAgentClient();
    const none = { ...data, conversations: 0 };
    client.routes.set('GET /v1/insights?days=30', () => Response.json(none));
    const element = await insightsOf(client);
    expect(words(element)).to.contain('Nothing to count in this time');
    expect(element.shadowRoot!.querySelector('[part=figure]')).to.equal(null);
    await expect(element).to.be.accessible();
    const unrated: InsightsData = {
      ...data,
      rating: { count: 0, distribution: { '1': 0, '2': 0, '3': 0, '4': 0, '5': 0 } },
      firstResponse: { count: 0, waiting: 0 },
      outcome: { resolvedByBot: 0, handedOver: 0 },
      unanswered: [],
      topArticles: [],
    };
    client.routes.set('GET /v1/insights?days=30', () => Response.json(unrated));
    await element.reload();
    await settled();
    expect(words(element).match(/None yet/g)).to.have.length(3);
    expect(words(element)).to.contain('had an answer to everything');
  });
});
