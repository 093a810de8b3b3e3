import { SahayMessageList } from '../message-list/message-list.ts';
import { defineElement } from './define-element.ts';

defineElement('sahay-message-list', SahayMessageList);

export { SahayMessageList };
