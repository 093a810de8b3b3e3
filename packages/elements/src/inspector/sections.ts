import type { Inspection } from '@sahay/client';
import type { Message } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Formats } from '../internal/formats.ts';
import type { Locale } from '../locales/locale.ts';
import { frameSummary, type SeenFrame } from './frame-summary.ts';
import type { Moment } from './moment.ts';
import type { InspectorStrings } from './words/inspector-strings.ts';

/** What every section is drawn with. */
export interface SectionContext {
  words: Locale<InspectorStrings>;
  formats: Formats;
}

type Entries = readonly Inspection[];

const precise: Intl.DateTimeFormatOptions = {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
};

const time = (at: number, { formats }: SectionContext): TemplateResult =>
  html`<time datetime=${new Date(at).toISOString()}>${formats.date(at, precise)}</time>`;

function section(name: string, title: string, content: TemplateResult): TemplateResult {
  return html`<details class="section" part=${name} open>
    <summary>${title}</summary>
    ${content}
  </details>`;
}

const quiet = (text: string): TemplateResult => html`<p class="quiet">${text}</p>`;

/** How the connection changed, newest first. */
export function connectionSection(entries: Entries, most: number, context: SectionContext): TemplateResult {
  const { strings } = context.words;
  const changes = entries
    .filter((entry) => entry.kind === 'state')
    .slice(-most)
    .reverse();
  return section(
    'connection',
    strings.connection,
    changes.length
      ? html`<ol class="rows">
          ${changes.map(
            (change) =>
              html`<li>
                ${time(change.at, context)}<code class="state ${change.state}" dir="ltr">${change.state}</code
                ><code dir="ltr">${change.cause}</code>
              </li>`,
          )}
        </ol>`
      : quiet(strings.nothingSeen),
  );
}

/** What waits to be acknowledged, lane by lane. */
export function outboxSection({ outbox }: Moment, context: SectionContext): TemplateResult {
  const { strings } = context.words;
  const entries = [...outbox.values()].flat();
  return section(
    'outbox',
    `${strings.outbox} (${context.formats.number(entries.length)})`,
    entries.length
      ? html`<ol class="rows">
          ${entries.slice(0, 50).map(
            ({ lane, n, command, problem }) =>
              html`<li>
                <code dir="ltr">${n}</code><code dir="ltr">${command.type}</code
                ><code class="long" dir="ltr" title=${strings.stream}>${lane}</code>
                <span class=${problem ? 'bad' : 'quiet'}
                  >${problem ? `${strings.refused}: ${problem.code}` : strings.onItsWay}</span
                >
              </li>`,
          )}
        </ol>`
      : quiet(strings.nothingWaits),
  );
}

/** How far each stream has come. */
export function cursorsSection({ cursors }: Moment, context: SectionContext): TemplateResult {
  const { strings } = context.words;
  return section(
    'cursors',
    strings.cursors,
    cursors.length
      ? html`<ol class="rows">
          ${cursors.map(
            ({ stream, seq, epoch }) =>
              html`<li>
                <code class="long" dir="ltr">${stream}</code><b>${context.formats.number(seq)}</b
                ><code class="quiet" dir="ltr">${epoch}</code>
              </li>`,
          )}
        </ol>`
      : quiet(strings.nothingSeen),
  );
}

/** What the frames' section asks of the inspector. */
export interface FrameActs {
  filter(type: string): void;
  copy(frame: SeenFrame): void;
}

/** The latest frames of a type, newest first. Their content is written out when one is opened. */
export function framesSection(
  entries: Entries,
  {
    type,
    most,
    opened,
    toggled,
  }: {
    type: string;
    most: number;
    opened: ReadonlySet<SeenFrame>;
    toggled: (frame: SeenFrame, isOpen: boolean) => void;
  },
  acts: FrameActs,
  context: SectionContext,
): TemplateResult {
  const { strings } = context.words;
  const all = entries.filter((entry) => entry.kind === 'frame');
  const types = [...new Set([...all.map(({ frame }) => frame.type), type])].filter(Boolean).sort();
  const wanted = type ? all.filter(({ frame }) => frame.type === type) : all;
  const hidden = wanted.length - most;
  return section(
    'frames',
    `${strings.frames} (${context.formats.number(wanted.length)})`,
    html`<label class="filter"
        >${strings.filter}<select
          .value=${type}
          @change=${(event: Event) => acts.filter((event.target as HTMLSelectElement).value)}
        >
          <option value="">${strings.allTypes}</option>
          ${types.map((one) => html`<option value=${one} ?selected=${one === type}>${one}</option>`)}
        </select></label
      >
      ${
        wanted.length
          ? html`<ol class="rows frames">
              ${wanted
                .slice(-most)
                .reverse()
                .map((seen) => frameRow(seen, opened.has(seen), toggled, acts, context))}
            </ol>`
          : quiet(strings.nothingSeen)
      }
      ${hidden > 0 ? quiet(context.words.text('older', { count: hidden })) : nothing}`,
  );
}

function frameRow(
  seen: SeenFrame,
  isOpen: boolean,
  toggled: (frame: SeenFrame, isOpen: boolean) => void,
  acts: FrameActs,
  context: SectionContext,
): TemplateResult {
  const { strings } = context.words;
  const { way, frame, at } = seen;
  return html`<li>
    <details
      .open=${isOpen}
      @toggle=${({ target }: Event) => toggled(seen, (target as HTMLDetailsElement).open)}
    >
      <summary>
        ${time(at, context)}<span class="way ${way}" aria-hidden="true">${way === 'in' ? '↓' : '↑'}</span
        ><span class="hidden-visually">${way === 'in' ? strings.received : strings.sent}</span
        ><code class="type" dir="ltr">${frame.type}</code
        ><code class="long quiet" dir="ltr">${frameSummary(seen)}</code>
      </summary>
      ${
        isOpen
          ? html`<button type="button" class="button small" @click=${() => acts.copy(seen)}>
                ${strings.copy}
              </button>
              <pre dir="ltr" tabindex="0">${JSON.stringify(frame, undefined, 2)}</pre>`
          : nothing
      }
    </details>
  </li>`;
}

/** Each conversation as it stood, with what was on its way. */
export function transcriptSection({ talks, outbox }: Moment, context: SectionContext): TemplateResult {
  const { strings } = context.words;
  const shown = [...talks].map(([stream, { conversation, messages }]) => {
    const there = new Set(messages.map(({ clientMessageId }) => clientMessageId));
    const waiting = (outbox.get(conversation?.id ?? '') ?? []).flatMap(({ command }) =>
      command.type === 'message.send' && !there.has(command.data.clientMessageId) ? [command.data] : [],
    );
    return html`<h4><code class="long" dir="ltr">${stream}</code></h4>
      <ol class="talk">
        ${messages.map(
          ({ author, parts, status }) =>
            html`<li class=${author.role}>
              <b dir="auto">${author.name ?? author.role}</b><span dir="auto">${textOf(parts)}</span>${
                status === 'complete' ? nothing : html`<code class="quiet" dir="ltr">${status}</code>`
              }
            </li>`,
        )}
        ${waiting.map(
          ({ parts }) =>
            html`<li class="visitor">
              <span dir="auto">${textOf(parts)}</span><span class="quiet">${strings.onItsWay}</span>
            </li>`,
        )}
      </ol>`;
  });
  return section(
    'transcript',
    strings.transcript,
    shown.length ? html`${shown}` : quiet(strings.nothingSaid),
  );
}

/** What can be read of a message; of other parts, what they are. */
const textOf = (parts: Message['parts']): string =>
  parts.map((part) => (part.type === 'text' ? part.text : `[${part.type}]`)).join(' ');
