import { expect, fixture, html } from '@open-wc/testing';
import { SahayError } from '@sahay/client';
import { makeProblem, type OpeningHours, type Settings } from '@sahay/protocol';
import { readOpeningHours, readSettings } from '@sahay/protocol/core';
import '../define/all.ts';
import { FakeAgentClient } from '../testing/fake-agent-client.ts';
import { settled } from '../testing/desk-page.ts';
import type { SahaySettings } from './settings.ts';

const hours: OpeningHours = {
  timeZone: 'Asia/Dhaka',
  week: { monday: [{ from: '09:00', to: '17:00' }] },
  holidays: [{ date: '2026-12-16', name: 'Victory Day' }],
};

/** A server's two routes, with its own checks. */
class SettingsServer {
  hours: OpeningHours | undefined = hours;
  settings: Settings = {};
  readonly sent: unknown[] = [];
  readonly client = new FakeAgentClient();

  constructor() {
    this.client.fetch = async (path: string, init?: { method?: string; body?: unknown }) => {
      const body =
        typeof init?.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : undefined;
      if (body) this.sent.push(body);
      if (path === '/v1/hours') {
        if (body) this.hours = body['hours'] ? checked(readOpeningHours(body['hours'])) : undefined;
        const availability = {
          open: false,
          closedBecause: 'outside_hours' as const,
          opensAt: '2026-12-07T03:00:00Z',
        };
        return Response.json({ ...(this.hours && { hours: this.hours }), availability });
      }
      if (body) this.settings = { ...this.settings, ...checked(readSettings(body)) };
      return Response.json({ settings: this.settings });
    };
  }
}

function checked<T>(reading: { value: T } | { error: { field: string; message: string } }): T {
  if ('value' in reading) return reading.value;
  const { field, message } = reading.error;
  const problem = makeProblem('invalid_frame', message, { field });
  throw new SahayError('invalid_frame', message, { problem });
}

async function opened(lang = 'en') {
  const server = new SettingsServer();
  const view = await fixture<SahaySettings>(
    html`<sahay-settings .client=${server.client} lang=${lang}></sahay-settings>`,
  );
  await settled();
  const section = (tag: string): ShadowRoot => view.shadowRoot!.querySelector(tag)!.shadowRoot!;
  const save = async (tag: string): Promise<void> => {
    section(tag).querySelector<HTMLElement>('[type=submit]')!.click();
    await settled();
  };
  const write = async (tag: string, field: string, value: string, event = 'input'): Promise<void> => {
    const input = section(tag).querySelector<HTMLInputElement>(`[data-field="${field}"]`)!;
    input.value = value;
    input.dispatchEvent(new Event(event, { bubbles: true }));
    await settled();
  };
  const press = async (tag: string, label: string): Promise<void> => {
    [...section(tag).querySelectorAll<HTMLElement>('button, label')]
      .find((one) => one.textContent.trim() === label || one.ariaLabel === label)!
      .click();
    await settled();
  };
  return { server, view, section, save, write, press };
}

describe('sahay-settings', () => {
  for (const lang of ['en', 'bn', 'ar'])
    it(`is accessible in ${lang}`, async () => {
      const { view, press, section } = await opened(lang);
      section('sahay-pre-chat-settings').querySelector<HTMLElement>('.quiet')!.click();
      section('sahay-consent-settings').querySelector<HTMLElement>('.quiet')!.click();
      await settled();
      expect(press).to.exist;
      await expect(view).to.be.accessible();
    });

  it('says what visitors are told now, and changes the hours of a day', async () => {
    const { server, section, write, press, save } = await opened();
    const tag = 'sahay-hours-settings';
    expect(section(tag).querySelector('.now')!.textContent).to.match(
      /closed.*outside the hours.*Until Monday/s,
    );
    await write(tag, 'hours.week.monday[0].to', '18:30', 'change');
    await press(tag, 'Add hours: Tuesday');
    await press(tag, 'Closed now, whatever the hours say');
    await save(tag);
    expect(server.hours).to.deep.equal({
      ...hours,
      closedNow: true,
      week: { monday: [{ from: '09:00', to: '18:30' }], tuesday: [{ from: '09:00', to: '17:00' }] },
    });
    expect(section(tag).querySelector('.saved')).to.exist;
  });

  it('gives a day off hours of its own, as many as it needs, and takes them away again', async () => {
    const { server, section, write, press, save } = await opened();
    const tag = 'sahay-hours-settings';
    const day = (): string => section(tag).querySelector('.holiday')!.textContent;
    expect(day()).to.include('Closed');
    await press(tag, 'Add hours: Victory Day');
    await write(tag, 'hours.holidays[0].ranges[0].to', '11:30', 'change');
    await press(tag, 'Add hours: Victory Day');
    await write(tag, 'hours.holidays[0].ranges[1].to', '00:00', 'change');
    await save(tag);
    const [holiday] = hours.holidays!;
    expect(server.hours!.holidays).to.deep.equal([
      {
        ...holiday,
        ranges: [
          { from: '09:00', to: '11:30' },
          { from: '12:00', to: '24:00' },
        ],
      },
    ]);
    await press(tag, 'Remove: Victory Day 12:00–24:00');
    await write(tag, 'hours.holidays[0].ranges[0].to', '09:00', 'change');
    await save(tag);
    const to = section(tag).querySelector('[data-field="hours.holidays[0].ranges[0].to"]')!;
    expect(to.getAttribute('aria-invalid')).to.equal('true');
    await press(tag, 'Remove: Victory Day 09:00–09:00');
    await save(tag);
    expect(server.hours!.holidays).to.deep.equal([holiday]);
    expect(day()).to.include('Closed');
  });

  it('shows what the server refuses beside the field, and keeps what was written', async () => {
    const { section, write, save } = await opened();
    const tag = 'sahay-hours-settings';
    await write(tag, 'hours.timeZone', 'Middle-earth/Shire');
    await save(tag);
    const zone = section(tag).querySelector<HTMLInputElement>('#zone')!;
    expect(zone.getAttribute('aria-invalid')).to.equal('true');
    expect(zone.value).to.equal('Middle-earth/Shire');
    expect(section(tag).activeElement).to.equal(zone);
    expect(section(tag).querySelector('[role=alert]')!.textContent).to.include('IANA');
    await write(tag, 'hours.timeZone', 'Europe/Paris');
    await save(tag);
    expect(section(tag).querySelector('[role=alert]')).to.equal(null);
    expect(zone.getAttribute('aria-invalid')).to.equal('false');
  });

  it('switches the hours off', async () => {
    const { server, press, save } = await opened();
    await press('sahay-hours-settings', 'Answer by opening hours');
    await save('sahay-hours-settings');
    expect(server.sent).to.deep.equal([{}]);
    expect(server.hours).to.equal(undefined);
  });

  it('asks visitors something, in more than one language', async () => {
    const { server, section, write, press, save } = await opened();
    const tag = 'sahay-pre-chat-settings';
    for (let field = 0; field < 3; field++) await press(tag, 'Add a field');
    await write(tag, 'preChat.fields[2].label', 'Topic');
    await write(tag, 'preChat.fields[2].name', 'topic');
    await write(tag, 'preChat.fields[2].kind', 'select', 'change');
    await write(tag, 'preChat.fields[2].options', 'Lamps\nChairs', 'change');
    const language = section(tag).querySelector<HTMLSelectElement>('#language')!;
    language.value = 'bn';
    language.dispatchEvent(new Event('change'));
    await settled();
    await write(tag, 'preChat.fields[2].label', 'বিষয়');
    await save(tag);
    expect(server.settings.preChat).to.deep.equal({
      fields: [
        { name: 'name', kind: 'text', label: { en: 'Name' } },
        { name: 'email', kind: 'email', label: { en: 'E-mail' }, required: true },
        {
          name: 'topic',
          kind: 'select',
          label: { en: 'Topic', bn: 'বিষয়' },
          options: [
            { value: 'option-1', label: { en: 'Lamps' } },
            { value: 'Chairs', label: { en: 'Chairs' } },
          ],
        },
      ],
    });
  });

  it('names what is missing of a consent', async () => {
    const { section, press, write, save, server } = await opened();
    const tag = 'sahay-consent-settings';
    await press(tag, 'Add a purpose');
    await save(tag);
    expect(section(tag).querySelector('#purpose-label-0')!.getAttribute('aria-invalid')).to.equal('true');
    await write(tag, 'consent.purposes[0].label', 'Keep what I write');
    await write(tag, 'consent.policyUrl', 'http://shop.example');
    await save(tag);
    expect(section(tag).querySelector('#policy')!.getAttribute('aria-invalid')).to.equal('true');
    await write(tag, 'consent.policyUrl', 'https://shop.example/privacy');
    await press(tag, 'Needed to begin');
    await save(tag);
    expect(server.settings.consent!.purposes[0]).to.deep.equal({
      purpose: 'purpose-1',
      label: { en: 'Keep what I write' },
      required: true,
    });
  });

  it('chooses the survey, and e-mail', async () => {
    const { press, save, server } = await opened();
    await press('sahay-survey-settings', 'Recommendation (0 to 10)');
    await save('sahay-survey-settings');
    await press('sahay-email-settings', 'E-mail answers');
    await save('sahay-email-settings');
    expect(server.settings).to.deep.equal({ survey: { kind: 'nps' }, email: { enabled: true } });
  });
});
