import type { Inspection, SupportClient } from '@sahay/client';
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { chevronEndIcon } from '../icons/late-icons.ts';
import { SahayElement } from '../internal/sahay-element.ts';
import type { Locale } from '../locales/locale.ts';
import { base } from '../theme/base.ts';
import { controls } from '../theme/controls.ts';
import { colorScheme, tokens } from '../theme/tokens.ts';
import type { SeenFrame } from './frame-summary.ts';
import { inspectorStyles } from './inspector.styles.ts';
import { after, nothingYet, type Moment } from './moment.ts';
import { Recorder } from './recorder.ts';
import { readRecording, toRecording, type Recording, type Replay } from './recording.ts';
import {
  connectionSection,
  cursorsSection,
  framesSection,
  outboxSection,
  transcriptSection,
  type FrameActs,
} from './sections.ts';
import type { InspectorStrings } from './words/inspector-strings.ts';
import { inspectorWords } from './words/inspector-words.ts';

/** Redraws come at most this often, in ms: a storm of frames must not slow down what is watched. */
const pace = 150;
/** How many rows of a kind are drawn. */
const mostRows = 200;
const mostChanges = 30;
/** While it plays, how long two steps may lie apart, in ms: nobody wants to wait through a night. */
const longestWait = 1_000;

/** What is looked at now. */
interface Shown {
  entries: readonly Inspection[];
  moment: Moment;
}

/**
 * Shows a client at work: what waits in its outbox, how far its streams are, how its connection changed and why, every frame in and out. What
 * was seen can be saved as one JSON file, and a file can be replayed step by step, with the transcript as it stood at each moment. It changes
 * nothing of the client, keeps a bounded part of what it saw, and shows no token.
 *
 * @example
 * import '@sahay/elements/define/inspector';
 * document.querySelector('sahay-inspector').client = client;
 *
 * @tagname sahay-inspector
 * @fires {CustomEvent<{ error: unknown }>} sahay-error - A file could not be replayed, or the client cannot be watched.
 * @csspart connection - How the connection changed.
 * @csspart outbox - What waits.
 * @csspart cursors - How far the streams are.
 * @csspart frames - The frames.
 * @csspart transcript - The transcript, in a replay.
 */
export class SahayInspector extends SahayElement {
  static override styles = [tokens, colorScheme, base, controls, inspectorStyles];
  static override properties: PropertyDeclarations = {
    client: { attribute: false },
    paused: { type: Boolean },
    filter: { state: true, attribute: false },
    position: { state: true, attribute: false },
    playing: { state: true, attribute: false },
    said: { state: true, attribute: false },
    problem: { state: true, attribute: false },
  };

  /** The client that is watched. */
  client: SupportClient | undefined;
  /** Holds the view still; what happens meanwhile is recorded all the same. */
  get paused(): boolean {
    return this.#held !== undefined;
  }
  set paused(paused: boolean) {
    this.#held = paused ? { entries: [...this.#recorder.entries], moment: this.#recorder.now } : undefined;
  }

  private filter = '';
  private position = 0;
  private playing = false;
  private said = '';
  private problem = '';
  #recorder = new Recorder();
  #replay: Replay | undefined;
  /** The moment of the replay that was drawn last, so that a step on costs one step. */
  #reached: { index: number; moment: Moment } | undefined;
  #held: Shown | undefined;
  readonly #opened = new Set<SeenFrame>();
  #watched: SupportClient | undefined;
  /** Ends the watching; counts up with each, so that one that was ended before it began ends then. */
  #unwatch: (() => void) | undefined;
  #watch = 0;
  #redraw: ReturnType<typeof setTimeout> | undefined;
  #play: ReturnType<typeof setTimeout> | undefined;

  /** What was seen until now, or the file that is open; without tokens. */
  get recording(): Recording {
    return toRecording(this.#replay ?? this.#recorder, Date.now());
  }

  /** Saves {@link recording} as a file. */
  save(): void {
    const file = new Blob([JSON.stringify(this.recording)], { type: 'application/json' });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = `sahay-${new Date().toISOString().replaceAll(':', '-').slice(0, 19)}.json`;
    link.click();
    // The browser has begun to read it by then.
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  /**
   * Replays a saved session: its text, a file or the recording itself. Watching goes on in the background.
   *
   * @throws Error that says what is wrong with it
   */
  async open(recording: string | Blob | Recording): Promise<void> {
    const text =
      typeof recording === 'string'
        ? recording
        : recording instanceof Blob
          ? await recording.text()
          : JSON.stringify(recording);
    this.#replay = readRecording(text);
    this.#reached = undefined;
    this.problem = '';
    this.#stop();
    this.seek(this.#replay.entries.length);
  }

  /** Leaves the replay. */
  live(): void {
    this.#stop();
    this.#replay = this.#reached = undefined;
    this.requestUpdate();
  }

  /** In a replay: shows the moment after so many steps. */
  seek(step: number): void {
    const count = this.#replay?.entries.length ?? 0;
    this.position = Math.min(Math.max(0, Math.trunc(step) || 0), count);
  }

  /** Forgets what was seen. */
  clear(): void {
    this.#recorder.clear();
    this.#opened.clear();
    this.paused = false;
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
    clearTimeout(this.#redraw);
    this.#redraw = undefined;
    this.#unfollow();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('client')) this.#follow();
  }

  #follow(): void {
    const { client } = this;
    if (!this.isConnected || client === this.#watched) return;
    this.#unfollow();
    this.#watched = client;
    if (!client) return;
    const watch = ++this.#watch;
    this.#recorder = new Recorder(beginningOf(client));
    const recorder = this.#recorder;
    client
      .inspect((seen) => this.#seen(recorder, seen))
      .then(
        (unwatch) => {
          if (watch === this.#watch) this.#unwatch = unwatch;
          else unwatch();
        },
        (error: unknown) => this.fire('sahay-error', { error }),
      );
  }

  #unfollow(): void {
    this.#watch++;
    this.#unwatch?.();
    this.#unwatch = this.#watched = undefined;
  }

  #seen(recorder: Recorder, seen: Inspection): void {
    recorder.add(seen);
    if (this.#replay || this.paused || !this.isConnected) return;
    this.#redraw ??= setTimeout(() => {
      this.#redraw = undefined;
      this.requestUpdate();
    }, pace);
  }

  get #words(): Locale<InspectorStrings> {
    return inspectorWords(this.localized.tag);
  }

  get #shown(): Shown {
    if (this.#replay) {
      const entries = this.#replay.entries.slice(0, this.position);
      return { entries, moment: this.#momentAt(this.#replay, this.position) };
    }
    return this.#held ?? { entries: this.#recorder.entries, moment: this.#recorder.now };
  }

  #momentAt({ base, entries }: Replay, index: number): Moment {
    let { index: at, moment } = this.#reached ?? { index: 0, moment: base };
    if (at > index) [at, moment] = [0, base];
    for (; at < index; at++) moment = after(moment, entries[at]!);
    this.#reached = { index: at, moment };
    return moment;
  }

  protected override render(): TemplateResult {
    const { strings } = this.#words;
    const shown = this.#shown;
    const context = { words: this.#words, formats: this.formats };
    const frames = { type: this.filter, most: mostRows, opened: this.#opened, toggled: this.#toggled };
    return html`<div class="head" role="group" aria-label=${strings.heading}>
        ${this.#facts(shown.moment)}${this.#tools()}${this.#player()}
        <span class="hidden-visually" role="status">${this.said}</span>
        ${this.problem ? html`<p role="alert">${this.problem}</p>` : nothing}
      </div>
      <div class="scroll">
        ${!this.client && !this.#replay ? html`<p class="section quiet">${strings.noClient}</p>` : nothing}
        ${this.#replay ? transcriptSection(shown.moment, context) : nothing}
        ${connectionSection(shown.entries, mostChanges, context)}${outboxSection(shown.moment, context)}
        ${cursorsSection(shown.moment, context)}${framesSection(shown.entries, frames, this.#frameActs, context)}
      </div>`;
  }

  #facts({ state, durable, drains }: Moment): TemplateResult {
    const { strings } = this.#words;
    return html`<div class="facts">
      ${state ? html`<code class="fact state ${state.state}" dir="ltr">${state.state}</code>` : nothing}
      ${durable === undefined ? nothing : html`<span class="fact">${durable ? strings.durable : strings.fleeting}</span>`}
      ${drains === undefined ? nothing : html`<span class="fact">${drains ? strings.drains : strings.idle}</span>`}
    </div>`;
  }

  #tools(): TemplateResult {
    const { strings } = this.#words;
    const button = (words: string, act: () => unknown): TemplateResult =>
      html`<button type="button" class="button" @click=${act}>${words}</button>`;
    return html`<div class="tools">
      ${
        this.#replay
          ? button(strings.live, () => this.live())
          : html`${button(this.paused ? strings.resume : strings.pause, () => (this.paused = !this.paused))}${button(strings.clear, () => this.clear())}`
      }
      ${button(strings.save, () => this.save())}
      ${button(strings.open, () => this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click())}
      <input
        type="file"
        accept=".json,application/json"
        hidden
        aria-label=${strings.open}
        @change=${this.#chosen}
      />
    </div>`;
  }

  #player(): TemplateResult | typeof nothing {
    if (!this.#replay) return nothing;
    const { strings } = this.#words;
    const count = this.#replay.entries.length;
    const step = this.#words.text('step', { step: this.position, count });
    return html`<div class="player" role="group" aria-label=${strings.replaying}>
      <button
        type="button"
        class="button"
        aria-label=${strings.earlier}
        ?disabled=${this.position === 0}
        @click=${() => this.seek(this.position - 1)}
      >
        <span class="turned">${chevronEndIcon()}</span>
      </button>
      <input
        type="range"
        min="0"
        max=${count}
        .value=${String(this.position)}
        aria-label=${strings.position}
        aria-valuetext=${step}
        @input=${({ target }: Event) => this.seek(Number((target as HTMLInputElement).value))}
      />
      <button
        type="button"
        class="button"
        aria-label=${strings.later}
        ?disabled=${this.position === count}
        @click=${() => this.seek(this.position + 1)}
      >
        ${chevronEndIcon()}
      </button>
      <button type="button" class="button" @click=${this.playing ? this.#stop : this.#start}>
        ${this.playing ? strings.stop : strings.play}
      </button>
      <span>${step}</span>
    </div>`;
  }

  readonly #start = (): void => {
    const count = this.#replay?.entries.length ?? 0;
    if (this.position >= count) this.seek(0);
    this.playing = true;
    this.#playOn();
  };

  readonly #stop = (): void => {
    clearTimeout(this.#play);
    this.playing = false;
  };

  #playOn(): void {
    const { entries } = this.#replay ?? { entries: [] };
    const [now, next] = [entries[this.position - 1], entries[this.position]];
    if (!next) return this.#stop();
    const wait = Math.min(longestWait, Math.max(0, next.at - (now?.at ?? next.at)));
    this.#play = setTimeout(() => {
      this.seek(this.position + 1);
      this.#playOn();
    }, wait);
  }

  readonly #chosen = async (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    // The same file can be chosen again.
    input.value = '';
    if (!file) return;
    try {
      await this.open(file);
    } catch (error) {
      this.problem = this.#words.text('unreadable', { reason: (error as Error).message });
      this.fire('sahay-error', { error });
    }
  };

  readonly #toggled = (seen: SeenFrame, isOpen: boolean): void => {
    if (this.#opened.has(seen) === isOpen) return;
    if (isOpen) this.#opened.add(seen);
    else this.#opened.delete(seen);
    this.requestUpdate();
  };

  readonly #frameActs: FrameActs = {
    filter: (type) => (this.filter = type),
    copy: (seen) => {
      const { strings } = this.#words;
      const written = navigator.clipboard?.writeText(JSON.stringify(seen.frame, undefined, 2));
      (written ?? Promise.reject(new Error('There is no clipboard here.'))).then(
        () => (this.said = strings.copied),
        () => (this.problem = strings.notCopied),
      );
    },
  };
}

/** What the log brought before somebody looked on is known from the conversation that is open. */
function beginningOf(client: SupportClient): Moment {
  const view = client.conversations.current()?.getSnapshot();
  if (!view?.conversation) return nothingYet;
  const messages = view.messages
    .slice(-mostRows)
    .filter(({ delivery }) => delivery !== 'pending' && delivery !== 'unsaved' && delivery !== 'failed')
    .map(({ message }) => message);
  const talk = { conversation: view.conversation, messages };
  return { ...nothingYet, talks: new Map([[`conversation:${view.id}:public`, talk]]) };
}

declare global {
  interface HTMLElementTagNameMap {
    'sahay-inspector': SahayInspector;
  }
}
