import { renderer, type Renderers } from '../message/lazy-renderers.ts';

/** Fetches parts that otherwise arrive when first needed, so that a test can look at what they draw at once. */
export async function lateParts(...names: (keyof Renderers)[]): Promise<void> {
  for (const name of names) await new Promise<void>((arrived) => void (renderer(name, arrived) && arrived()));
}
