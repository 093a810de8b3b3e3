import { SahayArticle } from '../article/article.ts';
import { defineElement } from './define-element.ts';

defineElement('sahay-article', SahayArticle);

export { SahayArticle };
