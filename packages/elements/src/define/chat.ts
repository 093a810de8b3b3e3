import { SahayChat } from '../chat/chat.ts';
import { defineElement } from './define-element.ts';
import './composer.ts';
import './message-list.ts';

defineElement('sahay-chat', SahayChat);

export { SahayChat };
