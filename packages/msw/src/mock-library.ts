import type { CannedReplies, CannedReply, HelpArticle, InsightFigures } from '@sahay/protocol';
import { http, HttpResponse } from 'msw/http';
import { refuse } from './refuse.ts';

/** What {@link mockLibrary} needs. */
export interface MockLibraryParts {
  articles: readonly HelpArticle[];
  cannedReplies: readonly CannedReply[];
  insights: ((days: number) => Partial<InsightFigures>) | undefined;
  now: () => number;
  /** Whether an `Authorization` header is an agent's. */
  isAgent: (authorization: string | null) => boolean;
}

const day = 86_400_000;

/** What stands ready on a backend: articles that answers cite, replies that agents keep, and the figures of insights. */
export function mockLibrary({ articles, insights, now, isAgent, ...parts }: MockLibraryParts, base: string) {
  let replies = [...parts.cannedReplies];
  const forAgents = (request: Request, answer: () => Response): Response =>
    isAgent(request.headers.get('authorization'))
      ? answer()
      : refuse('forbidden', 'Only agents may do this. Use an agentToken().');
  return [
    http.get(`${base}/v1/articles/:id`, ({ params }) => {
      const found = articles.find(({ articleId }) => articleId === params['id']);
      return found
        ? HttpResponse.json(found)
        : refuse('not_found', 'There is no such article. Give it to createMockBackend({ articles }).');
    }),
    http.get(`${base}/v1/canned-replies`, ({ request }) =>
      forAgents(request, () => HttpResponse.json({ replies } satisfies CannedReplies)),
    ),
    http.put(`${base}/v1/canned-replies`, async ({ request }) => {
      const given = (await request.json()) as CannedReplies;
      return forAgents(request, () => {
        replies = given.replies;
        return HttpResponse.json({ replies } satisfies CannedReplies);
      });
    }),
    http.get(`${base}/v1/insights`, ({ request }) => {
      const days = Number(new URL(request.url).searchParams.get('days') ?? 30);
      return forAgents(request, () =>
        HttpResponse.json({ ...nothingYet(days, now()), ...insights?.(days) } satisfies InsightFigures),
      );
    }),
  ];
}

function nothingYet(days: number, now: number): InsightFigures {
  return {
    days,
    from: new Date(now - days * day).toISOString(),
    to: new Date(now).toISOString(),
    conversations: 0,
    rating: { count: 0, distribution: { '1': 0, '2': 0, '3': 0, '4': 0, '5': 0 } },
    firstResponse: { count: 0, waiting: 0 },
    resolution: { count: 0 },
    outcome: { resolvedByBot: 0, handedOver: 0 },
    unanswered: [],
    topArticles: [],
  };
}
