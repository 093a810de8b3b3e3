import { html, nothing, type TemplateResult } from 'lit';
import { closeIcon, stopIcon } from '../../icons/late-icons.ts';
import { microphoneIcon, trashIcon } from '../../icons/tool-icons.ts';
import { sendIcon } from '../../icons/window-icons.ts';
import type { SahayComposer } from '../composer.ts';
import { LevelMeter } from './level-meter.ts';
import { sayProblem } from './say-problem.ts';

/** What is recorded into, by preference: the first is what both sides of most conversations can play. */
const kinds = ['audio/mp4', 'audio/webm', 'audio/ogg'];
/** The longest recording, in milliseconds. */
const longest = 5 * 60_000;

/** Whether this browser can record sound here. */
export const canRecord = (): boolean =>
  typeof MediaRecorder === 'function' && typeof navigator.mediaDevices?.getUserMedia === 'function';

type Recording =
  | { state: 'running'; recorder: MediaRecorder; stream: MediaStream; meter: LevelMeter; since: number }
  | { state: 'done'; file: File; url: string };

/** Records a message: shows that it hears something, can be given up, and is listened to before it is sent. */
export class Recorder {
  readonly #composer: SahayComposer;
  #recording: Recording | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Given up: what still arrives of it is dropped. */
  #dropped = false;
  /** Counts what asks for the microphone, so that one that is given too late is given back. */
  #asked = 0;

  constructor(composer: SahayComposer) {
    this.#composer = composer;
    composer.addController({ hostDisconnected: () => this.drop() });
  }

  button(): TemplateResult {
    const { record } = this.#composer.localized.strings;
    return html`<button
      type="button"
      class="icon-button record"
      part="record"
      aria-label=${record}
      title=${record}
      ?disabled=${this.#recording !== undefined}
      @click=${() => void this.#start()}
    >
      ${microphoneIcon()}
    </button>`;
  }

  panel(): TemplateResult | typeof nothing {
    const recording = this.#recording;
    if (!recording) return nothing;
    return recording.state === 'running' ? this.#running(recording) : this.#done(recording);
  }

  #running({ since }: Recording & { state: 'running' }): TemplateResult {
    const { strings } = this.#composer.localized;
    return html`<div class="recorder" part="recorder" role="group" aria-label=${strings.recording}>
      <span class="hidden-visually" role="status">${strings.recording}</span>
      <i class="level" aria-hidden="true"></i>
      <span class="time" role="timer">${clock(Date.now() - since)}</span>
      <button
        type="button"
        class="icon-button"
        aria-label=${strings.recordDiscard}
        @click=${() => this.drop()}
      >
        ${trashIcon()}
      </button>
      <button
        type="button"
        class="icon-button primary stop"
        aria-label=${strings.recordStop}
        title=${strings.recordStop}
        @click=${() => this.#stop()}
      >
        ${stopIcon()}
      </button>
    </div>`;
  }

  #done({ file, url }: Recording & { state: 'done' }): TemplateResult {
    const { strings } = this.#composer.localized;
    return html`<div class="recorder" part="recorder" role="group" aria-label=${strings.recordListen}>
      <audio controls src=${url} aria-label=${strings.recordListen}></audio>
      <button
        type="button"
        class="icon-button"
        aria-label=${strings.recordDiscard}
        @click=${() => this.drop()}
      >
        ${closeIcon()}
      </button>
      <button
        type="button"
        class="icon-button primary"
        aria-label=${strings.recordSend}
        title=${strings.recordSend}
        @click=${() => {
          this.drop();
          this.#composer.offer([file]);
        }}
      >
        ${sendIcon()}
      </button>
    </div>`;
  }

  async #start(): Promise<void> {
    const { strings } = this.#composer.localized;
    const asked = ++this.#asked;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      if (asked !== this.#asked) return release(stream);
      this.#dropped = false;
      this.#record(stream);
    } catch (error) {
      sayProblem(this.#composer, strings.recordDenied, error);
    }
  }

  #record(stream: MediaStream): void {
    const mimeType = kinds.find((kind) => MediaRecorder.isTypeSupported(kind));
    const recorder = new MediaRecorder(stream, mimeType ? { mimeType } : {});
    const pieces: Blob[] = [];
    recorder.ondataavailable = ({ data }) => pieces.push(data);
    recorder.onstop = () => this.#stopped(pieces, recorder.mimeType);
    const meter = new LevelMeter(stream, (level) => this.#show(level));
    this.#recording = { state: 'running', recorder, stream, meter, since: Date.now() };
    recorder.start();
    this.#timer = setInterval(() => {
      const running = this.#recording;
      if (running?.state === 'running' && Date.now() - running.since > longest) this.#stop();
      this.#composer.requestUpdate();
    }, 500);
    this.#redraw('.stop');
  }

  #show(level: number): void {
    this.#composer
      .shadowRoot!.querySelector<HTMLElement>('.level')
      ?.style.setProperty('--_level', level.toFixed(2));
  }

  #stop(): void {
    const running = this.#recording;
    if (running?.state !== 'running') return;
    clearInterval(this.#timer);
    running.meter.stop();
    if (running.recorder.state !== 'inactive') running.recorder.stop();
    release(running.stream);
  }

  #stopped(pieces: Blob[], mimeType: string): void {
    if (this.#dropped) return;
    const type = mimeType.split(';')[0]!;
    const extension = type.split('/')[1] === 'mp4' ? 'm4a' : type.split('/')[1]!;
    const name = `${this.#composer.localized.strings.recordName}.${extension}`;
    const file = new File(pieces, name, { type });
    this.#recording = { state: 'done', file, url: URL.createObjectURL(file) };
    this.#redraw('.recorder .primary');
  }

  /** Gives it up, and leaves the microphone. */
  drop(): void {
    this.#dropped = true;
    this.#asked++;
    this.#stop();
    if (this.#recording?.state === 'done') URL.revokeObjectURL(this.#recording.url);
    if (!this.#recording) return;
    this.#recording = undefined;
    this.#composer.requestUpdate();
    if (this.#composer.isConnected) this.#composer.focus();
  }

  #redraw(focus: string): void {
    this.#composer.requestUpdate();
    void this.#composer.updateComplete.then(() =>
      this.#composer.shadowRoot!.querySelector<HTMLElement>(focus)?.focus(),
    );
  }
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** A length of time as minutes and seconds. */
function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
