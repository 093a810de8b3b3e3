import { SahayBubble } from '../bubble/bubble.ts';
import { defineElement } from './define-element.ts';

defineElement('sahay-bubble', SahayBubble);

export { SahayBubble };
