import { defaultLimits } from '@sahay/protocol';
import type { Formats } from '../internal/formats.ts';
import { fileSize } from '../internal/measures.ts';
import type { Locale } from '../locales/locale.ts';

/** Why a file did not arrive: what the server judged by content cannot be helped by trying again. */
export function uploadFailure(error: unknown, file: File, locale: Locale, formats: Formats): string {
  const { code } = error as { code?: unknown };
  if (code === 'attachment_type_refused') return wrongType(file, locale);
  if (code === 'attachment_too_large') return tooBig(file, locale, formats);
  return locale.text('attachmentFailed', { name: file.name });
}

/** Why a file cannot be sent, before anybody waits for it; the server judges again, by content. */
export function fileRefusal(file: File, locale: Locale, formats: Formats): string | undefined {
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
