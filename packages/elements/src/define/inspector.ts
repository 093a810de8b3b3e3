import { SahayInspector } from '../inspector/inspector.ts';
import { defineElement } from './define-element.ts';

defineElement('sahay-inspector', SahayInspector);

export { SahayInspector };
