import { closeIcon, plusIcon } from '@sahay/elements/icons';
import type { Availability, Holiday, HoursAnswer, OpeningHours } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { hoursRanges } from './hours-ranges.ts';
import { SettingsSection } from './settings-section.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
type Weekday = (typeof weekdays)[number];
/** A Monday, to name the days by. */
const monday = Date.UTC(2024, 0, 1, 12);
const day = 86_400_000;

/** The hours as a form has them: switched on or not, and whole. */
export interface HoursDraft {
  on: boolean;
  hours: OpeningHours;
}

const officeHours = (): OpeningHours => ({
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  week: Object.fromEntries(weekdays.slice(0, 5).map((name) => [name, [{ from: '09:00', to: '17:00' }]])),
});

/** When people answer: by weekday, in a time zone, with days off and a switch for now. */
export class SahayHoursSettings extends SettingsSection<HoursDraft> {
  /** What visitors are told now. */
  @property({ attribute: false }) availability: Availability | undefined;

  protected override get empty(): HoursDraft {
    return { on: false, hours: officeHours() };
  }
  protected override get heading(): string {
    return this.words.strings.hours;
  }

  protected override async send({ on, hours }: HoursDraft): Promise<HoursDraft> {
    const response = await this.client!.fetch('/v1/hours', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(on ? { hours } : {}),
    });
    const answer = (await response.json()) as HoursAnswer;
    this.availability = answer.availability;
    return { on: answer.hours !== undefined, hours: answer.hours ?? hours };
  }

  protected override fields(): TemplateResult {
    const { strings } = this.words;
    const { on, hours } = this.draft;
    return html`${this.#now()}
      <label class="check">
        <input
          type="checkbox"
          .checked=${on}
          @change=${() => this.change((draft) => (draft.on = !draft.on))}
        />
        ${strings.hoursOn}
      </label>
      ${
        on
          ? html`<label class="check">
                <input
                  type="checkbox"
                  .checked=${hours.closedNow ?? false}
                  @change=${() => this.change((draft) => (draft.hours.closedNow = !draft.hours.closedNow))}
                />
                ${strings.hoursClosedNow}
              </label>
              ${this.#zone(hours)}
              <div role="group" aria-label=${strings.hoursWeek}>
                ${weekdays.map((name, index) => this.#day(name, index))}
              </div>
              ${this.#holidays(hours)}${this.#reply(hours)}`
          : html`<p class="hint">${strings.hoursOffHint}</p>`
      }`;
  }

  /** The truth as visitors hear it. */
  #now(): TemplateResult | typeof nothing {
    const { availability, words } = this;
    if (!availability) return nothing;
    const { open, opensAt, closedBecause } = availability;
    const { strings } = words;
    const until =
      opensAt === undefined
        ? ''
        : words.text('hoursUntil', {
            time: this.formats.date(Date.parse(opensAt), {
              weekday: 'long',
              hour: 'numeric',
              minute: '2-digit',
            }),
          });
    const why = {
      outside_hours: strings.hoursOutside,
      holiday: strings.hoursHoliday,
      switched_off: strings.hoursSwitchedOff,
      nobody_there: strings.hoursNobody,
    };
    return html`<p class="now" role="status">
      ${open ? strings.hoursNowOpen : `${strings.hoursNowClosed} ${closedBecause ? why[closedBecause] : ''} ${until}`}
    </p>`;
  }

  #zone({ timeZone }: OpeningHours): TemplateResult {
    return html`<div class="field">
      <label for="zone">${this.words.strings.hoursZone}</label>
      <input
        id="zone"
        list="zones"
        data-field="hours.timeZone"
        autocomplete="off"
        spellcheck="false"
        dir="ltr"
        .value=${timeZone}
        @input=${(event: Event) => this.change((draft) => (draft.hours.timeZone = valueOf(event).trim()))}
      />
      <datalist id="zones">
        ${Intl.supportedValuesOf('timeZone').map((zone) => html`<option value=${zone}></option>`)}
      </datalist>
    </div>`;
  }

  #day(name: Weekday, index: number): TemplateResult {
    const label = this.formats.date(monday + index * day, { weekday: 'long', timeZone: 'UTC' });
    return html`<div class="day" role="group" aria-label=${label}>
      <span>${label}</span>
      ${hoursRanges({
        strings: this.words.strings,
        label,
        place: `hours.week.${name}`,
        ranges: this.draft.hours.week[name] ?? [],
        change: (ranges) => this.change(({ hours: { week } }) => (week[name] = ranges)),
      })}
    </div>`;
  }

  #holidays({ holidays = [] }: OpeningHours): TemplateResult {
    const { strings } = this.words;
    return html`<fieldset class="stack">
      <legend>${strings.hoursHolidays}</legend>
      <p class="hint">${strings.hoursHolidaysHint}</p>
      ${holidays.map((holiday, at) => this.#holiday(holiday, at))}
      <div>
        <button
          type="button"
          class="button quiet"
          @click=${() =>
            this.change(({ hours }) => {
              hours.holidays = [...(hours.holidays ?? []), { date: new Date().toISOString().slice(0, 10) }];
            })}
        >
          ${plusIcon()}${strings.hoursAddHoliday}
        </button>
      </div>
    </fieldset>`;
  }

  /** A day off, or one with hours of its own. */
  #holiday({ date, name = '', ranges = [] }: Holiday, at: number): TemplateResult {
    const { strings } = this.words;
    const edit = (work: (holiday: Holiday) => void): void =>
      this.change(({ hours }) => work(hours.holidays![at]!));
    const label = name || date;
    return html`<div class="holiday" role="group" aria-label=${label}>
      <div class="line">
        <input
          type="date"
          data-field="hours.holidays[${at}].date"
          aria-label=${strings.hoursDate}
          .value=${date}
          @change=${(event: Event) => edit((holiday) => (holiday.date = valueOf(event)))}
        />
        <input
          class="grow"
          data-field="hours.holidays[${at}].name"
          aria-label=${strings.hoursHolidayName}
          placeholder=${strings.hoursHolidayName}
          dir="auto"
          maxlength="120"
          .value=${name}
          @input=${(event: Event) =>
            edit((holiday) => {
              const text = valueOf(event);
              if (text) holiday.name = text;
              else delete holiday.name;
            })}
        />
        <button
          type="button"
          class="icon-button"
          aria-label="${strings.hoursRemove}: ${label}"
          @click=${() => this.change(({ hours }) => void hours.holidays!.splice(at, 1))}
        >
          ${closeIcon()}
        </button>
      </div>
      ${hoursRanges({
        strings,
        label,
        place: `hours.holidays[${at}].ranges`,
        ranges,
        change: (next) =>
          edit((holiday) => {
            if (next.length > 0) holiday.ranges = next;
            else delete holiday.ranges;
          }),
      })}
    </div>`;
  }

  #reply({ expectedReplySeconds }: OpeningHours): TemplateResult {
    const { strings } = this.words;
    return html`<div class="field">
      <label for="reply">${strings.hoursReply}</label>
      <input
        id="reply"
        type="number"
        min="1"
        max="43200"
        data-field="hours.expectedReplySeconds"
        aria-describedby="reply-hint"
        .value=${expectedReplySeconds === undefined ? '' : String(Math.round(expectedReplySeconds / 60))}
        @input=${(event: Event) =>
          this.change(({ hours }) => {
            const value = valueOf(event);
            if (value === '') delete hours.expectedReplySeconds;
            else hours.expectedReplySeconds = Math.round(Number(value) * 60);
          })}
      />
      <span class="hint" id="reply-hint">${strings.hoursReplyHint}</span>
    </div>`;
  }
}

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;

declare global {
  interface HTMLElementTagNameMap {
    'sahay-hours-settings': SahayHoursSettings;
  }
}
