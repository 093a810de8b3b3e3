const day = '2026-03-02T10:41:00Z';
let minted = 0;

/** Makes messages of the people in the gallery, as a window is given them. */
export function cast(words) {
  const authors = {
    visitor: { id: 'v1', role: 'visitor' },
    bot: { id: 'b1', role: 'bot', name: words.bot },
    agent: { id: 'a1', role: 'agent', name: words.agent },
    system: { id: 's1', role: 'system' },
  };
  /** A message by one of them; `about` is what is special about the message or its view. */
  const says = (role, parts, { delivery, problem, ...message } = {}) => {
    const id = `m${++minted}`;
    return {
      key: id,
      own: role === 'visitor',
      delivery: delivery ?? (role === 'visitor' ? 'read' : 'received'),
      ...(problem && { problem }),
      message: {
        id,
        conversationId: 'gallery',
        author: authors[role],
        status: 'complete',
        createdAt: day,
        parts: parts.map((part, index) => ({
          partId: `p${index}`,
          ...(typeof part === 'string' ? { type: 'text', text: part } : part),
        })),
        ...message,
      },
    };
  };
  return { says, authors };
}

export const markdown = (text) => ({ type: 'text', format: 'markdown', text });
