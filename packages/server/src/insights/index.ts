export type { Durations, Insights, TopArticle, UnansweredQuestion } from './insights.ts';
export { readInsights, type InsightsQuery } from './read-insights.ts';
