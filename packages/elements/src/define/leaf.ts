import { SahayBanner } from '../banner/banner.ts';
import { SahayHeader } from '../header/header.ts';
import { SahayQuickReplies } from '../quick-replies/quick-replies.ts';
import { SahayTypingIndicator } from '../typing-indicator/typing-indicator.ts';
import { defineElement } from './define-element.ts';

/* Parts that the window draws by itself; as elements they are for those who build a window of their own. */
defineElement('sahay-banner', SahayBanner);
defineElement('sahay-header', SahayHeader);
defineElement('sahay-quick-replies', SahayQuickReplies);
defineElement('sahay-typing-indicator', SahayTypingIndicator);

export { SahayBanner, SahayHeader, SahayQuickReplies, SahayTypingIndicator };
