import type * as Picker from '../emoji/picker.ts';
import type * as ComposerTools from './tools/composer-tools.ts';

/** What a composer can do beside taking words. */
export const loadComposerTools = (): Promise<typeof ComposerTools> => import('./tools/composer-tools.ts');

/** What emoji are chosen from. */
export const loadPicker = (): Promise<typeof Picker> => import('../emoji/picker.ts');
