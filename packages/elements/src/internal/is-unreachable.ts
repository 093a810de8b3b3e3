type Coded = { code?: unknown; cause?: Coded };

/** Whether something failed because nothing could be fetched, such as a part that had not arrived: then nothing of it was begun. */
export function isUnreachable(error: unknown): boolean {
  const { code, cause } = Object(error) as Coded;
  return code === 'network' || cause?.code === 'network';
}
