/**
 * Inbox, desk, insights and settings for the people who answer. Importing a class registers nothing; `@sahay/console/define` does.
 *
 * @packageDocumentation
 */
export {
  SahayDesk,
  type DeskSelectDetail,
  type DeskTabsDetail,
  type SahayDeskEventMap,
} from './desk/desk.ts';
export { SahayInbox, type InboxSelectDetail, type SahayInboxEventMap } from './inbox/inbox.ts';
export { SahayInsights } from './insights/insights.ts';
export type { InsightsData } from './insights/insights-data.ts';
export type { InboxSection } from './inbox/sections.ts';
export { SahaySettings } from './settings/settings.ts';
export { consoleLocale, registerConsoleLocale } from './locales/console-locale.ts';
export type { ConsoleStrings } from './locales/console-strings.ts';
