import { SahayPreChat } from '../pre-chat/pre-chat.ts';
import { defineElement } from './define-element.ts';

defineElement('sahay-pre-chat', SahayPreChat);

export { SahayPreChat };
