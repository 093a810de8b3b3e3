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
import { SahayInvite } from '../invite/invite.ts';
import { SahayPassOn } from '../pass-on/pass-on.ts';
import { SahayReplyBox } from '../reply-box/reply-box.ts';
import { SahayRichReply } from '../rich-reply/rich-reply.ts';
import { SahayEmailSettings, SahaySurveySettings } from '../settings/answer-sections.ts';
import { SahayConsentSettings } from '../settings/consent-section.ts';
import { SahayHoursSettings } from '../settings/hours-section.ts';
import { SahayPreChatSettings } from '../settings/pre-chat-section.ts';
import { SahaySettings } from '../settings/settings.ts';

defineElement('sahay-banner', SahayBanner);
defineElement('sahay-quick-replies', SahayQuickReplies);
defineElement('sahay-typing-indicator', SahayTypingIndicator);
defineElement('sahay-message-list', SahayMessageList);
defineElement('sahay-composer', SahayComposer);
defineElement('sahay-article', SahayArticle);
defineElement('sahay-canned-replies', SahayCannedReplies);
defineElement('sahay-canned-reply-editor', SahayCannedReplyEditor);
defineElement('sahay-reply-box', SahayReplyBox);
defineElement('sahay-rich-reply', SahayRichReply);
defineElement('sahay-invite', SahayInvite);
defineElement('sahay-pass-on', SahayPassOn);
defineElement('sahay-context-panel', SahayContextPanel);
defineElement('sahay-conversation', SahayConversation);
defineElement('sahay-inbox', SahayInbox);
defineElement('sahay-desk', SahayDesk);
defineElement('sahay-insights', SahayInsights);
defineElement('sahay-settings', SahaySettings);
defineElement('sahay-hours-settings', SahayHoursSettings);
defineElement('sahay-pre-chat-settings', SahayPreChatSettings);
defineElement('sahay-consent-settings', SahayConsentSettings);
defineElement('sahay-survey-settings', SahaySurveySettings);
defineElement('sahay-email-settings', SahayEmailSettings);

export { SahayDesk, SahayInbox, SahayInsights, SahaySettings };
