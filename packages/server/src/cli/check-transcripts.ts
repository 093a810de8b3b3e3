import { readFile } from 'node:fs/promises';
import type { DataExport, Transcript } from '@sahay/protocol';
import { validatorOf } from '@sahay/protocol/validate-ajv';
import { ConfigError } from '../config/index.ts';
import { renderTranscript, transcriptWithin } from '../transcript/render-transcript.ts';
import { verifyTranscript } from '../transcript/verify-transcript.ts';

/**
 * Checks a transcript, as JSON, HTML or text, or all transcripts of an export. Returns what to tell.
 *
 * @throws ConfigError with the first thing that is wrong
 */
export async function checkTranscripts(file: string): Promise<string> {
  const lines = (await transcriptsIn(file)).map((transcript) => {
    const verdict = verifyTranscript(transcript);
    if (!verdict.valid)
      throw new ConfigError(`${transcript.stream} in "${file}" is not whole: ${verdict.reason}`);
    const { entries, withheld, head } = verdict;
    return `${transcript.stream}: ${entries} entries, ${withheld} of them digests alone, head ${head}`;
  });
  return [...lines, 'All chains are whole.'].join('\n');
}

async function transcriptsIn(file: string): Promise<Transcript[]> {
  const text = await textOf(file);
  const within = transcriptWithin(text);
  const value = within ? within.value : jsonOf(text, file);
  if (validatorOf<Transcript>('Transcript')(value).valid) {
    const transcript = value as Transcript;
    if (within && renderTranscript(transcript, within.format, within.language) !== text)
      throw new ConfigError(
        `"${file}" does not say what its chain says: what can be read in it was changed.`,
      );
    return [transcript];
  }
  if (!within && validatorOf<DataExport>('DataExport')(value).valid)
    return (value as DataExport).conversations.map(({ transcript }) => transcript);
  throw new ConfigError(`"${file}" is neither a transcript nor an export, or its chain was cut.`);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw unreadable(file, error);
  }
}

const unreadable = (file: string, cause: unknown): ConfigError =>
  new ConfigError(
    `"${file}" cannot be read as a transcript: ${cause instanceof Error ? cause.message : String(cause)}.`,
    { cause },
  );
