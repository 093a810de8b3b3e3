import type * as Search from '../search/search-panel.ts';

/* Views that arrive when they are asked for. They stand apart because tsc leaves specifiers inside decorated classes as they are. */

/** Registers the list of conversations, the end of one, and saving one. */
export const definePanels = (): Promise<unknown> => import('../define/panels.ts');

/** What searches the conversation. */
export const loadSearch = (): Promise<typeof Search> => import('../search/search-panel.ts');

/** Registers the view of one's own data. */
export const defineMyData = (): Promise<unknown> => import('../define/my-data.ts');
