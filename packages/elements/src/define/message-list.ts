import { SahayMessageList } from '../message-list/message-list.ts';
import { SahayQuickReplies } from '../quick-replies/quick-replies.ts';
import { SahayTypingIndicator } from '../typing-indicator/typing-indicator.ts';
import { defineElement } from './define-element.ts';

defineElement('sahay-quick-replies', SahayQuickReplies);
defineElement('sahay-typing-indicator', SahayTypingIndicator);
defineElement('sahay-message-list', SahayMessageList);

export { SahayMessageList, SahayQuickReplies, SahayTypingIndicator };
