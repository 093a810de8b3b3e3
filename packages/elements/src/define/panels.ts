import { SahayConversations } from '../conversations/conversations.ts';
import { SahayEmailMe } from '../hours/email-me.ts';
import { SahayConfirm } from '../panel/confirm.ts';
import { SahayTranscriptDownload } from '../transcript-download/transcript-download.ts';
import { defineElement } from './define-element.ts';

/* Small views that lie over the window; together they are one download, since each is a few hundred bytes. */
defineElement('sahay-conversations', SahayConversations);
defineElement('sahay-confirm', SahayConfirm);
defineElement('sahay-email-me', SahayEmailMe);
defineElement('sahay-transcript-download', SahayTranscriptDownload);

export { SahayConversations, SahayEmailMe, SahayConfirm, SahayTranscriptDownload };
