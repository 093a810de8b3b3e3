import { makeProblem } from '@sahay/protocol';
import { HttpResponse } from 'msw/http';

/** Answers with a problem document, as the backend would. */
export function refuse(...[code, detail, extras]: Parameters<typeof makeProblem>): Response {
  const document = makeProblem(code, detail, extras);
  return HttpResponse.json(document, {
    status: document.status,
    headers: { 'content-type': 'application/problem+json' },
  });
}
