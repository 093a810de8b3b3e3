import { SahayBanner } from '../banner/banner.ts';
import { SahayChat } from '../chat/chat.ts';
import { SahayHeader } from '../header/header.ts';
import { defineElement } from './define-element.ts';
import './composer.ts';
import './message-list.ts';

defineElement('sahay-header', SahayHeader);
defineElement('sahay-banner', SahayBanner);
defineElement('sahay-chat', SahayChat);

export { SahayChat };
