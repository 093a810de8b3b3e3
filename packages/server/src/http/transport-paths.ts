/** Where the protocol's frames travel over HTTP. */
export const transportPaths = { events: '/v1/events', poll: '/v1/poll', frames: '/v1/frames' } as const;
