import { SahayConversations } from '../conversations/conversations.ts';
import { SahayEndConversation } from '../end/end-conversation.ts';
import { SahayTranscriptDownload } from '../transcript-download/transcript-download.ts';
import { defineElement } from './define-element.ts';

/* Small views that lie over the window; together they are one download, since each is a few hundred bytes. */
defineElement('sahay-conversations', SahayConversations);
defineElement('sahay-end-conversation', SahayEndConversation);
defineElement('sahay-transcript-download', SahayTranscriptDownload);

export { SahayConversations, SahayEndConversation, SahayTranscriptDownload };
