import type { ConversationHandle } from '@sahay/client';
import type { ComposerUpload } from '../composer/composer.ts';
import type { Formats } from '../internal/formats.ts';
import type { Locale } from '../locales/locale.ts';
import { fileRefusal, uploadFailure } from './file-refusal.ts';

/** A file on its way, and how to stop it. */
export interface RunningUpload extends ComposerUpload {
  stop: () => void;
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
  /** Says in `words` why a file was not sent; `error` is there when it was tried. */
  readonly refuse: (words: string, error?: unknown) => void;
}

let minted = 0;

/** Sends files, each as a message of its own; resolves when all have arrived, were refused or were stopped. */
export async function sendFiles(files: readonly File[], host: FilesHost): Promise<void> {
  const sending: Promise<void>[] = [];
  for (const file of files) {
    const refusal = fileRefusal(file, host.locale, host.formats);
    if (refusal) host.refuse(refusal);
    else sending.push(sendFile(file, host));
  }
  await Promise.all(sending);
}

async function sendFile(file: File, { begin, show, ask, refuse, locale, formats }: FilesHost): Promise<void> {
  const { name } = file;
  const abort = new AbortController();
  const { signal } = abort;
  const id = String(++minted);
  const onProgress = (progress: number): void => show(id, { id, name, progress, stop: () => abort.abort() });
  const send = (): Promise<unknown> => begin().sendFile(file, { name, signal, onProgress });
  onProgress(0);
  try {
    await send().catch(async (error: unknown) => {
      if (signal.aborted || !(await ask?.(error))) throw error;
      await send();
    });
  } catch (error) {
    if (!signal.aborted) refuse(uploadFailure(error, file, locale, formats), error);
  } finally {
    show(id);
  }
}
