import { SahayMyData } from '../my-data/my-data.ts';
import { defineElement } from './define-element.ts';

defineElement('sahay-my-data', SahayMyData);

export { SahayMyData };
