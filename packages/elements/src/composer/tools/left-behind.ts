/** What stood in a field when its page went away. */
interface LeftBehind {
  readonly name: string;
  readonly text: string;
}

const key = 'sahay-draft';

/**
 * Hands a draft over to the next page of this tab: what a page that goes away gives to the browser's database may not arrive there any
 * more. Where storage is refused, it is lost as before.
 */
export function leaveBehind(left: LeftBehind): void {
  withStorage((storage) => storage.setItem(key, JSON.stringify(left)));
}

/** Takes what the page before left of this draft, once. */
export function takeOver(name: string): string | undefined {
  const kept = withStorage((storage) => storage.getItem(key));
  const left = kept ? (JSON.parse(kept) as LeftBehind) : undefined;
  if (left?.name !== name) return undefined;
  forgetLeft();
  return left.text;
}

/** The page is still there, or the draft is none any more. */
export function forgetLeft(): void {
  withStorage((storage) => storage.removeItem(key));
}

function withStorage<T>(work: (storage: Storage) => T): T | undefined {
  try {
    return work(sessionStorage);
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
