import { readFile } from 'node:fs/promises';
import type { DataExport, Transcript } from '@sahay/protocol';
import { validatorOf } from '@sahay/protocol/validate-ajv';
import { ConfigError } from '../config/index.ts';
import { verifyTranscript } from '../transcript/verify-transcript.ts';

/**
 * Checks a transcript, or all transcripts of an export. Returns what to tell.
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
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(
      `"${file}" cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}.`,
      {
        cause: error,
      },
    );
  }
  if (validatorOf<Transcript>('Transcript')(value).valid) return [value as Transcript];
  if (validatorOf<DataExport>('DataExport')(value).valid)
    return (value as DataExport).conversations.map(({ transcript }) => transcript);
  throw new ConfigError(`"${file}" is neither a transcript nor an export.`);
}
