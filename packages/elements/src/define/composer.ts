import { SahayComposer } from '../composer/composer.ts';
import { defineElement } from './define-element.ts';

defineElement('sahay-composer', SahayComposer);

export { SahayComposer };
