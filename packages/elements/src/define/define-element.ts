import { version } from '../version.ts';

interface Versioned extends CustomElementConstructor {
  sahayVersion?: string;
}

/**
 * Registers an element under its tag, once. Where another copy of the package was there first, that one stays, and a warning says so
 * when its version differs. Where there are no elements at all, on a server, nothing happens.
 */
export function defineElement(tag: string, element: CustomElementConstructor): void {
  if (!globalThis.customElements) return;
  const there: Versioned | undefined = customElements.get(tag);
  if (!there) {
    Object.defineProperty(element, 'sahayVersion', { value: version });
    customElements.define(tag, element);
  } else if (there.sahayVersion !== version) {
    console.warn(
      `<${tag}> was registered by version ${there.sahayVersion ?? 'unknown'} already, not ${version}. Load the package once.`,
    );
  }
}
