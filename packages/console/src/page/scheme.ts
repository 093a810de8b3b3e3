import type { ColorScheme } from '@sahay/elements/internal';

const key = 'sahay-console-color-scheme';

/** Light, dark or as the system: what was chosen here last. */
export function storedScheme(): ColorScheme {
  try {
    const stored = localStorage.getItem(key);
    return stored === 'light' || stored === 'dark' ? stored : 'auto';
  } catch {
    // Storage is refused here: the system decides.
    return 'auto';
  }
}

/** Remembers the choice, where the browser lets it. */
export function storeScheme(scheme: ColorScheme): void {
  try {
    localStorage.setItem(key, scheme);
  } catch {
    // Storage is refused here: the choice lasts as long as the page.
  }
}
