import type * as News from '../notify/news.ts';
import type * as SendFiles from './send-files.ts';

/*
 * Parts of the window that arrive when first needed. They stand here, outside the component, because tsc leaves the
 * specifiers of dynamic imports inside a decorated class as they are.
 */

/** Registers the survey. */
export const defineSurvey = (): Promise<unknown> => import('../define/survey.ts');

/** Registers the reading view of an article. */
export const defineArticle = (): Promise<unknown> => import('../define/article.ts');

/** What sends files. */
export const loadSendFiles = (): Promise<typeof SendFiles> => import('./send-files.ts');

/** What makes news known to somebody who looks elsewhere. */
export const loadNews = (): Promise<typeof News> => import('../notify/news.ts');
