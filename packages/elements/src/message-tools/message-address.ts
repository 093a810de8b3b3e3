/** What a link to a message is known by. A query rather than a fragment: many sites route by theirs. */
export const messageParameter = 'sahay-message';
/** And the conversation it is in, which need not be the one that is shown when the link is followed. */
export const conversationParameter = 'sahay-conversation';
