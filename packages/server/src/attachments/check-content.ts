import { open, type FileHandle } from 'node:fs/promises';
import { imageSize, type ImageSize } from './image-size.ts';

/** What the content of a file turned out to be: accepted, with the size of a picture, or refused with a reason. */
export type ContentVerdict =
  { accepted: true; size?: ImageSize | undefined } | { accepted: false; reason: string };

/** A side longer than this can exhaust the memory of whoever looks at the picture. */
const longestSide = 12_000;
const mostPixels = 120_000_000;

/** What browsers would run when they guess a type; they look for it in a file's first kilobyte. */
const markup =
  /<(?:!doctype|html|head|body|script|iframe|svg|\?xml|\?php|!--|style|title|table|a\s|meta|link|object|embed|form)/i;
const sniffedBytes = 1445;

/** Kinds that are shown as another. */
const sameAs: Record<string, string> = {
  'image/apng': 'image/png',
  'audio/x-m4a': 'audio/mp4',
  'audio/ogg; codecs=opus': 'audio/ogg',
};
/** What browsers record sound into looks like a film's container; played as sound, only its sound is heard. */
const containers: Record<string, string> = { 'audio/webm': 'video/webm', 'audio/mp4': 'video/mp4' };

const refuse = (reason: string): ContentVerdict => ({ accepted: false, reason });

/**
 * Compares a stored file with the type it was announced as. The name is never asked; the content alone counts.
 *
 * @param mediaType the announced type, in lower case
 */
export async function checkContent(path: string, mediaType: string): Promise<ContentVerdict> {
  const file = await open(path, 'r');
  try {
    if (mediaType === 'text/plain') return await checkText(file);
    // Loaded with the first file: a server that starts must not wait for what few of its visitors need.
    const { fileTypeFromFile } = await import('file-type');
    const found = await fileTypeFromFile(path);
    const actual = found && (sameAs[found.mime] ?? found.mime);
    if (actual !== mediaType && !(actual && actual === containers[mediaType]))
      return refuse(
        `The file was announced as ${mediaType}, but its content is ${actual ?? 'of another kind'}.`,
      );
    if (await isPolyglot(file))
      return refuse('The file hides a second kind of content. Save it anew and send the new file.');
    return mediaType.startsWith('image/') ? await checkImage(file) : { accepted: true };
  } finally {
    await file.close();
  }
}

async function checkImage(file: FileHandle): Promise<ContentVerdict> {
  const size = await imageSize(file);
  if (!size)
    return refuse('The picture is damaged: its size cannot be read. Save it anew and send the new file.');
  const { width, height } = size;
  if (width > longestSide || height > longestSide || width * height > mostPixels)
    return refuse(
      `The picture measures ${width} × ${height} pixels; at most ${longestSide} a side are accepted. Make it smaller.`,
    );
  return { accepted: true, size };
}

async function checkText(file: FileHandle): Promise<ContentVerdict> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  try {
    for await (const chunk of file.createReadStream({
      start: 0,
      autoClose: false,
    }) as AsyncIterable<Buffer>) {
      if (chunk.includes(0))
        return refuse('The file was announced as text but holds binary data. Save it as UTF-8 text.');
      const text = decoder.decode(chunk, { stream: true });
      const beginning = text.trimStart();
      if (isFirst && (markup.exec(beginning.slice(0, 64))?.index === 0 || beginning.startsWith('%PDF-')))
        return refuse(
          'The file was announced as text but begins as a document that programs would run. Send it as a PDF or a picture.',
        );
      isFirst = false;
    }
    decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return refuse('The file was announced as text but is not UTF-8. Save it as UTF-8 text.');
  }
  return { accepted: true };
}

/** A picture or PDF whose beginning is also markup, or whose end is also an archive. */
async function isPolyglot(file: FileHandle): Promise<boolean> {
  const head = Buffer.alloc(sniffedBytes);
  const { bytesRead } = await file.read(head, 0, sniffedBytes, 0);
  if (/<(?:!doctype\s+html|html|script|iframe|svg|\?php)/i.test(head.toString('latin1', 0, bytesRead)))
    return true;
  const { size } = await file.stat();
  const tail = Buffer.alloc(Math.min(size, 65_557));
  await file.read(tail, 0, tail.length, size - tail.length);
  for (
    let at = tail.lastIndexOf('PK\x05\x06');
    at >= 0;
    at = at === 0 ? -1 : tail.lastIndexOf('PK\x05\x06', at - 1)
  )
    if (at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) === tail.length) return true;
  return false;
}
