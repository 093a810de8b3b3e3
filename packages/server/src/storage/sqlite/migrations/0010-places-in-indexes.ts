/**
 * What clients call their messages is random: an index that begins with it grows everywhere at once, so each message read and
 * wrote a page of its own, and the more the longer the log. Behind the conversation it grows where the conversation's other
 * rows do. The second index finds what an agent has who is gone, without looking at all that is open.
 */
export const placesInIndexes = `
DROP INDEX messages_by_client;
CREATE INDEX messages_by_client ON messages (conversation, client_message) WHERE client_message IS NOT NULL;
CREATE INDEX conversations_by_controller ON conversations (state ->> '$.assignment.controlledBy') WHERE status = 'open';
`;
