import { composedParent } from './composed-tree.ts';

/** An element that has found its language already. */
interface Localized {
  readonly localeTag?: unknown;
}

/**
 * The languages around an element, the best first: those of its ancestors (`locale` of a Sahay element, `lang` of any),
 * up to the document's, then those the browser is set to. Values come as the page wrote them.
 */
export function* surroundingLanguages(element: Element): Generator<string | null> {
  for (let parent = composedParent(element); parent; parent = composedParent(parent)) {
    const found = (parent as Localized).localeTag;
    yield typeof found === 'string' ? found : (parent.getAttribute('locale') ?? parent.getAttribute('lang'));
  }
  yield* navigator.languages;
}
