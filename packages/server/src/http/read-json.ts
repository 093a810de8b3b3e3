import type { HttpContext } from './http-env.ts';
import { ProblemError } from './problem-error.ts';

/**
 * Reads a JSON object from a body, no further than its limit.
 *
 * @param largest bytes; 65,536 unless told
 * @throws ProblemError `frame_too_large`, or `invalid_frame` for what is no JSON object
 */
export async function readJson(c: HttpContext, largest = 65_536): Promise<Record<string, unknown>> {
  const body = c.req.raw.body;
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (body)
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      length += chunk.byteLength;
      if (length > largest)
        throw new ProblemError('frame_too_large', `The body has more than ${largest} bytes. Send less.`);
      chunks.push(chunk);
    }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProblemError('invalid_frame', 'The body is not valid JSON. Send a JSON object.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ProblemError('invalid_frame', 'The body is not a JSON object. Send one, such as {}.');
  return value as Record<string, unknown>;
}

/**
 * A field that must be text.
 *
 * @throws ProblemError `invalid_frame` when it is missing, empty, too long or something else
 */
export function textField(body: Record<string, unknown>, name: string, longest: number): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '' || value.length > longest)
    throw new ProblemError('invalid_frame', `"${name}" must be text of 1 to ${longest} characters.`);
  return value;
}
