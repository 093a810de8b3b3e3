/** What one piece of a chat completion says, streamed or whole. */
export interface CompletionChunk {
  readonly text: string;
  readonly refusal: string;
  /** `stop`, `length`, `content_filter` …; undefined while more is to come. */
  readonly finishReason?: string;
  /** An error the endpoint reports in the middle of a stream. */
  readonly error?: string;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads a piece as OpenAI-compatible endpoints send it; undefined when it is nothing of the kind. */
export function parseCompletionChunk(json: string): CompletionChunk | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const fields = fieldsOf(parsed);
  if (fields === undefined) return undefined;
  if (fields['error'] !== undefined && fields['error'] !== null) {
    const said =
      textOf(fieldsOf(fields['error'])?.['message']) || textOf(fields['error']) || 'no reason given';
    return { text: '', refusal: '', error: said };
  }
  const choices: unknown = fields['choices'];
  if (!Array.isArray(choices)) return undefined;
  const choice = fieldsOf(choices[0]);
  const message = fieldsOf(choice?.['delta']) ?? fieldsOf(choice?.['message']);
  const finishReason = textOf(choice?.['finish_reason']);
  return {
    text: textOf(message?.['content']),
    refusal: textOf(message?.['refusal']),
    ...(finishReason === '' ? {} : { finishReason }),
  };
}
