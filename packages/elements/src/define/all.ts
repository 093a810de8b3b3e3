/** Registers every element of the package. */
import './article.ts';
import './bubble.ts';
import './chat.ts';
import './leaf.ts';
import './survey.ts';
