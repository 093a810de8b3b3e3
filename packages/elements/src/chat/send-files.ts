import { SahayError, type ConversationHandle } from '@sahay/client';
import { defaultLimits } from '@sahay/protocol';
import type { ComposerUpload } from '../composer/composer.ts';
import type { Formats } from '../internal/formats.ts';
import type { Locale } from '../locales/locale.ts';
import { fileSize } from '../internal/measures.ts';

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
    const refusal = refusalOf(file, host.locale, host.formats);
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
    if (!signal.aborted) refuse(wordsFor(error, file, locale, formats), error);
  } finally {
    show(id);
  }
}

/** Why a file did not arrive: what the server judged by content cannot be helped by trying again. */
function wordsFor(error: unknown, file: File, locale: Locale, formats: Formats): string {
  const code = error instanceof SahayError ? error.code : undefined;
  if (code === 'attachment_type_refused') return wrongType(file, locale);
  if (code === 'attachment_too_large') return tooBig(file, locale, formats);
  return locale.text('attachmentFailed', { name: file.name });
}

/** Why a file cannot be sent, before anybody waits for it; the server judges again, by content. */
function refusalOf(file: File, locale: Locale, formats: Formats): string | undefined {
  const { name, size, type } = file;
  if (size === 0) return locale.text('attachmentEmpty', { name });
  if (size > defaultLimits.maxAttachmentBytes) return tooBig(file, locale, formats);
  // A type the browser does not know is left to the server, which looks inside.
  return !type || defaultLimits.attachmentTypes.includes(type) ? undefined : wrongType(file, locale);
}

function tooBig({ name, size }: File, locale: Locale, formats: Formats): string {
  const limit = fileSize(formats, defaultLimits.maxAttachmentBytes);
  return locale.text('attachmentTooBig', { name, size: fileSize(formats, size), limit });
}

function wrongType({ name }: File, locale: Locale): string {
  const types = defaultLimits.attachmentTypes
    .map((one) => one.split('/')[1]!.replace('plain', 'txt').toUpperCase())
    .join(', ');
  return locale.text('attachmentType', { name, types });
}
