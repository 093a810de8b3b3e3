import { closeIcon, plusIcon } from '@sahay/elements/icons';
import type { HoursRange } from '@sahay/protocol';
import { html, type TemplateResult } from 'lit';
import type { ConsoleStrings } from '../locales/console-strings.ts';

/** The hours of one day as a form shows them, and what takes them when they are changed. */
export interface DayHours {
  readonly strings: ConsoleStrings;
  /** What the day is called. */
  readonly label: string;
  /** Where the ranges stand in what is sent, such as `hours.week.monday`: problems name their fields so. */
  readonly place: string;
  readonly ranges: readonly HoursRange[];
  /** Takes the ranges as they are from now on. */
  readonly change: (ranges: HoursRange[]) => void;
}

/** The ranges of a day, each with the button that takes it away, and the one that adds another; a day without any is closed. */
export function hoursRanges(day: DayHours): TemplateResult {
  const { strings, label, ranges, change } = day;
  return html`<div class="stack">
    ${
      ranges.length > 0
        ? ranges.map((range, at) => rangeLine(day, range, at))
        : html`<span class="closed-day">${strings.hoursDayClosed}</span>`
    }
    <div>
      <button
        type="button"
        class="button quiet"
        aria-label="${strings.hoursAdd}: ${label}"
        @click=${() => change([...ranges, nextRange(ranges)])}
      >
        ${plusIcon()}${strings.hoursAdd}
      </button>
    </div>
  </div>`;
}

function rangeLine({ strings, label, place, ranges, change }: DayHours, range: HoursRange, at: number) {
  const input = (key: 'from' | 'to') =>
    html`<input
      type="time"
      data-field="${place}[${at}].${key}"
      aria-label="${label}: ${key === 'from' ? strings.hoursFrom : strings.hoursTo}"
      .value=${range[key] === '24:00' ? '00:00' : range[key]}
      @change=${({ target }: Event) => {
        const { value } = target as HTMLInputElement;
        // A day ends at midnight, which the field can only write as the next one's beginning.
        change(ranges.with(at, { ...range, [key]: key === 'to' && value === '00:00' ? '24:00' : value }));
      }}
    />`;
  return html`<div class="line">
    ${input('from')}<span aria-hidden="true">–</span>${input('to')}
    <button
      type="button"
      class="icon-button"
      aria-label="${strings.hoursRemove}: ${label} ${range.from}–${range.to}"
      @click=${() => change(ranges.toSpliced(at, 1))}
    >
      ${closeIcon()}
    </button>
  </div>`;
}

/** After the hours there are, or the usual ones. */
function nextRange(ranges: readonly HoursRange[]): HoursRange {
  const last = ranges.at(-1);
  if (!last) return { from: '09:00', to: '17:00' };
  const hour = Math.min(22, Number(last.to.slice(0, 2)) + 1);
  return { from: `${String(hour).padStart(2, '0')}:00`, to: `${String(hour + 1).padStart(2, '0')}:00` };
}
