/** Registers the console's elements, and those of the visitor's window that they use. */
import { defineElement, SahayArticle } from '@sahay/elements/internal';
import {
  SahayBanner,
  SahayComposer,
  SahayMessageList,
  SahayQuickReplies,
  SahayTypingIndicator,
} from '@sahay/elements/leaf';
import { SahayCannedReplies } from '../canned-replies/canned-replies.ts';
import { SahayCannedReplyEditor } from '../canned-replies/canned-reply-editor.ts';
import { SahayContextPanel } from '../context-panel/context-panel.ts';
import { SahayConversation } from '../conversation/conversation.ts';
import { SahayDesk } from '../desk/desk.ts';
import { SahayInbox } from '../inbox/inbox.ts';
import { SahayInsights } from '../insights/insights.ts';
import { SahayReplyBox } from '../reply-box/reply-box.ts';

defineElement('sahay-banner', SahayBanner);
defineElement('sahay-quick-replies', SahayQuickReplies);
defineElement('sahay-typing-indicator', SahayTypingIndicator);
defineElement('sahay-message-list', SahayMessageList);
defineElement('sahay-composer', SahayComposer);
defineElement('sahay-article', SahayArticle);
defineElement('sahay-canned-replies', SahayCannedReplies);
defineElement('sahay-canned-reply-editor', SahayCannedReplyEditor);
defineElement('sahay-reply-box', SahayReplyBox);
defineElement('sahay-context-panel', SahayContextPanel);
defineElement('sahay-conversation', SahayConversation);
defineElement('sahay-inbox', SahayInbox);
defineElement('sahay-desk', SahayDesk);
defineElement('sahay-insights', SahayInsights);

export { SahayDesk, SahayInbox, SahayInsights };
