import { directionOf, defineElement } from '@sahay/elements/internal';
import '../define/all.ts';
import { hasConsoleLocale } from '../locales/console-locale.ts';
import { SahayAddColleague } from './add-colleague.ts';
import { SahayConsoleApp } from './console-app.ts';
import { SahaySignIn } from './sign-in.ts';

// The page is written in English; the console speaks the first of the browser's languages that it knows.
const language = navigator.languages.find(hasConsoleLocale) ?? 'en';
document.documentElement.lang = language;
document.documentElement.dir = directionOf(language);

defineElement('sahay-sign-in', SahaySignIn);
defineElement('sahay-add-colleague', SahayAddColleague);
defineElement('sahay-console-app', SahayConsoleApp);
