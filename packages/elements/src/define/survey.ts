import { SahayRating } from '../rating/rating.ts';
import { SahaySurvey } from '../survey/survey.ts';
import { defineElement } from './define-element.ts';

defineElement('sahay-rating', SahayRating);
defineElement('sahay-survey', SahaySurvey);

export { SahayRating, SahaySurvey };
