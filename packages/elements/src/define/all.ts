/** Registers every element of the package. */
import './article.ts';
import './bubble.ts';
import './chat.ts';
import './leaf.ts';
import './my-data.ts';
import './panels.ts';
import './pre-chat.ts';
import './survey.ts';
