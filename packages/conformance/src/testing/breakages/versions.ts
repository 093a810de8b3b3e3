import type { Breakage } from '../breakage.ts';

export const versionBreakages: readonly Breakage[] = [
  {
    check: 'discovery-document',
    what: 'the limits are left out',
    seams: () => ({
      request: (request, sound) => {
        const response = sound();
        if (request.url.pathname !== '/.well-known/sahay') return response;
        const { limits: _limits, ...rest } = response.body as Record<string, unknown>;
        return { ...response, body: rest };
      },
    }),
  },
];
