import { SahayRating } from '../rating/rating.ts';
import { SahaySurveyInLine } from '../survey/survey-in-line.ts';
import { SahaySurvey } from '../survey/survey.ts';
import { defineElement } from './define-element.ts';

defineElement('sahay-rating', SahayRating);
defineElement('sahay-survey', SahaySurvey);
defineElement('sahay-survey-in-line', SahaySurveyInLine);

export { SahayRating, SahaySurvey, SahaySurveyInLine };
