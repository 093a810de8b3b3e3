import type { FileHandle } from 'node:fs/promises';

/** A picture's size in pixels, as it is shown: a rotated photograph's sides are swapped already. */
export interface ImageSize {
  width: number;
  height: number;
}

/** More segments than any camera writes before the picture itself; a file with more is not worth reading. */
const mostJpegSegments = 300;

/**
 * Reads a picture's size from its header. Nothing is decoded, and only a few bytes are read, however large the file
 * claims to be.
 *
 * @returns `undefined` when the header is not one of PNG, JPEG, GIF or WebP, or is broken
 */
export async function imageSize(file: FileHandle): Promise<ImageSize | undefined> {
  const head = await readAt(file, 0, 32);
  if (head.length < 12) return undefined;
  const size = pngSize(head) ?? gifSize(head) ?? webpSize(head) ?? (await jpegSize(file, head));
  return size && size.width > 0 && size.height > 0 ? size : undefined;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function pngSize(head: Buffer): ImageSize | undefined {
  const isPng =
    head.length >= 24 &&
    head.readBigUInt64BE(0) === 0x89504e470d0a1a0an &&
    head.toString('latin1', 12, 16) === 'IHDR';
  return isPng ? { width: head.readUInt32BE(16), height: head.readUInt32BE(20) } : undefined;
}

function gifSize(head: Buffer): ImageSize | undefined {
  return /^GIF8[79]a/.test(head.toString('latin1', 0, 6))
    ? { width: head.readUInt16LE(6), height: head.readUInt16LE(8) }
    : undefined;
}

function webpSize(head: Buffer): ImageSize | undefined {
  if (
    head.length < 30 ||
    head.toString('latin1', 0, 4) !== 'RIFF' ||
    head.toString('latin1', 8, 12) !== 'WEBP'
  )
    return undefined;
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return head.readUIntLE(23, 3) === 0x2a019d
        ? { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff }
        : undefined;
    case 'VP8L': {
      if (head[20] !== 0x2f) return undefined;
      const bits = head.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 };
    default:
      return undefined;
  }
}

/** Walks from segment to segment until the frame header, which holds the size. */
async function jpegSize(file: FileHandle, head: Buffer): Promise<ImageSize | undefined> {
  if (head.readUInt16BE(0) !== 0xffd8) return undefined;
  let position = 2;
  let isTurned = false;
  for (let count = 0; count < mostJpegSegments; count++) {
    const segment = await readAt(file, position, 9);
    if (segment.length < 9 || segment[0] !== 0xff) return undefined;
    const marker = segment.readUInt8(1);
    // Any number of 0xff may stand before a marker.
    if (marker === 0xff) {
      position += 1;
      continue;
    }
    if (isFrameHeader(marker)) {
      const [height, width] = [segment.readUInt16BE(5), segment.readUInt16BE(7)];
      return isTurned ? { width: height, height: width } : { width, height };
    }
    const length = segment.readUInt16BE(2);
    if (length < 2 || marker === 0xda || marker === 0xd9) return undefined;
    if (marker === 0xe1)
      isTurned ||= isTurnedByExif(await readAt(file, position + 4, Math.min(length - 2, 4096)));
    position += 2 + length;
  }
  return undefined;
}

const isFrameHeader = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Whether the Exif orientation is one of the four in which the sides are swapped. */
function isTurnedByExif(segment: Buffer): boolean {
  if (segment.length < 18 || segment.toString('latin1', 0, 6) !== 'Exif\0\0') return false;
  const tiff = segment.subarray(6);
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const u16 = (at: number): number =>
    at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  const entries = u16(directory);
  for (let index = 0; index < entries; index++) {
    const entry = directory + 2 + index * 12;
    if (entry + 12 > tiff.length) return false;
    if (u16(entry) === 0x0112) return u16(entry + 8) >= 5 && u16(entry + 8) <= 8;
  }
  return false;
}
