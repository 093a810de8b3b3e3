import type { ConversationHandle } from '@sahay/client';
import type { ComposerUpload } from '../composer/composer.ts';
import type { Formats } from '../internal/formats.ts';
import type { Locale } from '../locales/locale.ts';
import { fileRefusal, uploadFailure } from './file-refusal.ts';

/** A file on its way, and how to stop it; one that failed is tried again, or given up by the same. */
export interface RunningUpload extends ComposerUpload {
  stop: () => void;
  again?: (() => void) | undefined;
}

/** What sending files needs of the view around it. */
export interface FilesHost {
  readonly locale: Locale;
  readonly formats: Formats;
  /** The conversation they go to; asked for once a file may be sent. */
  readonly begin: () => ConversationHandle;
  /** Shows a file on its way as it is now; without `upload` it has arrived or ended. */
  readonly show: (id: string, upload?: RunningUpload) => void;
  /** Asks what has to be asked before a file may be sent; whether it can be sent now. */
  readonly ask?: (error: unknown) => Promise<boolean>;
  /** Says in `words` why a file cannot be sent; `error` is there when it was tried. */
  readonly refuse: (words: string, error?: unknown) => void;
  /** Hears why a file did not arrive that is shown as failed, and may be tried again. */
  readonly failed: (error: unknown) => void;
}

let minted = 0;

/**
 * Sends files, each as a message of its own; resolves when all have arrived, were refused, have failed or were stopped. What failed is kept,
 * a recording is nowhere else.
 */
export async function sendFiles(files: readonly File[], host: FilesHost): Promise<void> {
  const sending: Promise<void>[] = [];
  const refusals: string[] = [];
  for (const file of files) {
    const refusal = fileRefusal(file, host.locale, host.formats);
    if (refusal) refusals.push(refusal);
    else sending.push(sendFile(file, host));
  }
  if (refusals.length > 0) host.refuse(refusals.join(' '));
  await Promise.all(sending);
}

/** Of what the server has looked at and does not take, another attempt makes nothing else. */
const final: ReadonlySet<unknown> = new Set(['attachment_type_refused', 'attachment_too_large']);

async function sendFile(file: File, host: FilesHost): Promise<void> {
  const id = String(++minted);
  let conversation: ConversationHandle | undefined;
  // Wherever she is by the time she tries it again: it goes where it was meant to go.
  const begin = (): ConversationHandle => (conversation ??= host.begin());
  const attempt = (): Promise<void> => tryToSend(file, id, { ...host, begin }, () => void attempt());
  await attempt();
}

async function tryToSend(file: File, id: string, host: FilesHost, again: () => void): Promise<void> {
  const { begin, show, ask, locale, formats } = host;
  const { name } = file;
  const abort = new AbortController();
  const { signal } = abort;
  const onProgress = (progress: number): void => show(id, { id, name, progress, stop: () => abort.abort() });
  const send = (): Promise<unknown> => begin().sendFile(file, { name, signal, onProgress });
  onProgress(0);
  try {
    await send().catch(async (error: unknown) => {
      if (signal.aborted || !(await ask?.(error))) throw error;
      await send();
    });
    show(id);
  } catch (error) {
    if (signal.aborted) return show(id);
    const problem = uploadFailure(error, file, locale, formats);
    const isFinal = final.has((error as { code?: unknown }).code);
    show(id, isFinal ? undefined : { id, name, progress: 0, problem, again, stop: () => show(id) });
    if (isFinal) host.refuse(problem, error);
    else host.failed(error);
  }
}
