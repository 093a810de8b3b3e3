import type { ConversationHandle } from '@sahay/client';
import { defaultLimits } from '@sahay/protocol';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ComposerUpload } from '../composer/composer.ts';
import type { Formats } from '../internal/formats.ts';
import type { Locale } from '../locales/locale.ts';

interface Running extends ComposerUpload {
  stop: AbortController;
}

/** MIME types that may be sent, for a file chooser. */
export const acceptedTypes = defaultLimits.attachmentTypes.join(',');

/** Sends files, each as a message of its own, and tells how far they are. */
export class UploadsController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #running: readonly Running[] = [];
  #minted = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    // Nothing is stopped: the client goes on without the view.
  }

  /** The files on their way. */
  get list(): readonly ComposerUpload[] {
    return this.#running;
  }

  /** Uploads `file` and sends it; rejects with the client's error, and not at all when somebody stopped it. */
  async send(handle: ConversationHandle, file: File): Promise<void> {
    const stop = new AbortController();
    const id = String(++this.#minted);
    this.#change([...this.#running, { id, name: file.name, progress: 0, stop }]);
    const onProgress = (progress: number): void =>
      this.#change(this.#running.map((one) => (one.id === id ? { ...one, progress } : one)));
    try {
      await handle.sendFile(file, { name: file.name, signal: stop.signal, onProgress });
    } catch (error) {
      if (!stop.signal.aborted) throw error;
    } finally {
      this.#change(this.#running.filter((one) => one.id !== id));
    }
  }

  /** Stops an upload. */
  cancel(id: string): void {
    this.#running.find((one) => one.id === id)?.stop.abort();
  }

  #change(running: readonly Running[]): void {
    this.#running = running;
    this.#host.requestUpdate();
  }
}

/** Why a file cannot be sent, before anybody waits for it; the server judges again, by content. */
export function refusalOf({ name, size, type }: File, locale: Locale, formats: Formats): string | undefined {
  const { maxAttachmentBytes, attachmentTypes } = defaultLimits;
  if (size === 0) return locale.text('attachmentEmpty', { name });
  if (size > maxAttachmentBytes) {
    return locale.text('attachmentTooBig', {
      name,
      size: formats.fileSize(size),
      limit: formats.fileSize(maxAttachmentBytes),
    });
  }
  // A type the browser does not know is left to the server, which looks inside.
  if (!type || attachmentTypes.includes(type)) return undefined;
  const types = attachmentTypes
    .map((one) => one.split('/')[1]!.replace('plain', 'txt').toUpperCase())
    .join(', ');
  return locale.text('attachmentType', { name, types });
}
