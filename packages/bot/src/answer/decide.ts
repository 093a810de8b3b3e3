import type { BotLocale } from '../locales/index.ts';
import { localeFor } from '../locales/index.ts';
import type { Article } from '../knowledge/article.ts';
import { words } from '../text/words.ts';
import { choiceLabels } from './choice-labels.ts';
import {
  CHOICES,
  type BotInput,
  type ChoiceOption,
  type HandoverReason,
  type SmallTalkOutcome,
  type Turn,
} from './outcome.ts';
import type { WishRecogniser } from './recognise-wish.ts';
import type { Candidate, Finding, Shelf } from './shelf.ts';
import { mainScript, type Shelves } from './shelves.ts';

/** Confidences from which the bot acts, 0 to 1. */
export interface Thresholds {
  /** Answers by itself when the best article is at least this sure. */
  readonly answer: number;
  /** Asks back when one of the first three articles is at least this sure. */
  readonly choose: number;
}

/** An answer to write: from which articles, best first. */
export interface AnswerPlan {
  readonly kind: 'answer';
  readonly articles: readonly Article[];
  readonly shelf: Shelf;
  readonly question?: Finding['question'];
}

/** What to do about a message, before any answer is worded. */
export type Plan = (
  | AnswerPlan
  | { readonly kind: 'choose'; readonly options: readonly ChoiceOption[] }
  | { readonly kind: 'handover'; readonly reason: HandoverReason }
  | { readonly kind: 'small_talk'; readonly topic: SmallTalkOutcome['topic'] }
) & {
  readonly locale: BotLocale;
  readonly language: string;
  readonly confidence: number;
  readonly candidates: readonly Candidate[];
  readonly matchedBy: Finding['matchedBy'] | 'choice' | 'wish';
};

export interface DecisionMaterial {
  readonly shelves: Shelves;
  readonly wishes: WishRecogniser;
  readonly locales: readonly BotLocale[];
  readonly thresholds: Thresholds;
  readonly defaultLanguage: string;
}

/** Two candidates this close in strength or confidence are told apart by the visitor, not by the bot. */
const NEAR = 0.95;
const NEARLY_AS_SURE = 0.8;
const MOST_OPTIONS = 3;

/** The language to speak: that of the words when their script settles it, else the page's. */
function spokenLocale(text: string, input: BotInput, material: DecisionMaterial): BotLocale {
  const page = input.locale ?? material.defaultLanguage;
  const script = mainScript(text);
  const pageLocale = localeFor(material.locales, page, material.defaultLanguage);
  if (script === '' || script === mainScript(pageLocale.sentences.notCovered)) return pageLocale;
  // Bengali typed in Latin letters is still Bengali; other scripts tell.
  if (script === 'Latin') return pageLocale;
  return material.locales.find(({ sentences }) => mainScript(sentences.notCovered) === script) ?? pageLocale;
}

function lastBotTurn(history: readonly Turn[]): Turn | undefined {
  const last = history.findLast(({ from }) => from !== 'visitor');
  return last?.from === 'bot' ? last : undefined;
}

/** True when the visitor asks once more, word for word, what was just answered: the answer did not help. */
function asksAgain(text: string, history: readonly Turn[]): boolean {
  if (lastBotTurn(history)?.kind !== 'answer') return false;
  const before = history.findLast(({ from }) => from === 'visitor');
  return (
    before !== undefined &&
    words(before.text.slice(0, 2000)).join(' ') === words(text.slice(0, 2000)).join(' ')
  );
}

/** True when both titles hold every word of the question: "change my address", where there are two kinds of address. */
function isNamedAlike(first: Candidate, second: Candidate): boolean {
  const [own, other] = [first.evidence, second.evidence];
  if (own === undefined || other === undefined) return false;
  return own.focus > 0.99 && other.focus > 0.99 && other.likeness >= NEARLY_AS_SURE * own.likeness;
}

function isNear(first: Candidate, second: Candidate | undefined, matchedBy: Finding['matchedBy']): boolean {
  if (second === undefined) return false;
  if (matchedBy === 'exact') return second.confidence === first.confidence;
  if (matchedBy === 'retrieval' && (second.score >= NEAR * first.score || isNamedAlike(first, second)))
    return true;
  return second.confidence >= NEARLY_AS_SURE * first.confidence;
}

function optionsFor(candidates: readonly Candidate[], locale: BotLocale): ChoiceOption[] {
  const best = candidates[0]?.confidence ?? 0;
  const near = candidates
    .slice(0, MOST_OPTIONS)
    .filter((candidate, at) => at < 2 || candidate.confidence > best / 5);
  const labels = choiceLabels(near.map(({ article }) => article));
  return [
    ...near.map(({ article }, at) => ({
      label: labels[at] ?? article.title,
      value: `article:${article.id}`,
      articleId: article.id,
    })),
    { label: locale.sentences.noneOfThese, value: CHOICES.none },
  ];
}

function planByChoice(value: string, material: DecisionMaterial, locale: BotLocale): Plan | undefined {
  const base = { locale, language: locale.lang, confidence: 1, candidates: [], matchedBy: 'choice' as const };
  if (value === CHOICES.person) return { ...base, kind: 'handover', reason: 'asked_for_person' };
  if (value === CHOICES.none) return { ...base, kind: 'handover', reason: 'not_covered', confidence: 0 };
  if (value === CHOICES.didNotHelp) return { ...base, kind: 'handover', reason: 'did_not_help' };
  if (value === CHOICES.helped) return { ...base, kind: 'small_talk', topic: 'thanks' };
  const found = value.startsWith('article:')
    ? material.shelves.article(value.slice('article:'.length))
    : undefined;
  if (found === undefined) return undefined;
  const { article, shelf } = found;
  const candidates = [{ article, score: 1, confidence: 1 }];
  return { ...base, kind: 'answer', articles: [article], shelf, language: shelf.lang, candidates };
}

function planByWish(input: BotInput, material: DecisionMaterial, locale: BotLocale): Plan | undefined {
  const history = input.history ?? [];
  const wish = material.wishes.recognise(input.text, lastBotTurn(history)?.kind === 'answer');
  const base = { locale, language: locale.lang, confidence: 1, candidates: [], matchedBy: 'wish' as const };
  if (wish === 'person') return { ...base, kind: 'handover', reason: 'asked_for_person' };
  if (wish === 'did_not_help' || asksAgain(input.text, history)) {
    return { ...base, kind: 'handover', reason: 'did_not_help' };
  }
  if (wish === 'nothing_said') return { ...base, kind: 'small_talk', topic: 'unclear' };
  return wish === undefined ? undefined : { ...base, kind: 'small_talk', topic: wish };
}

/** Decides by the choice the visitor made, by the wish the words express, or by what the articles say, in this order. */
export function decide(input: BotInput, material: DecisionMaterial): Plan {
  const { thresholds } = material;
  const locale = spokenLocale(input.text, input, material);
  const chosen = input.value === undefined ? undefined : planByChoice(input.value, material, locale);
  if (chosen !== undefined) return chosen;
  const isWorthwhile = ({ candidates, anyOfThree }: Finding): boolean =>
    (candidates[0]?.confidence ?? 0) >= thresholds.answer ||
    (candidates.length > 1 && anyOfThree >= thresholds.choose);
  const page = input.locale ?? material.defaultLanguage;
  const finding = material.shelves.find(input.text, page, isWorthwhile);
  // A title or phrasing word for word is a question about the product even when it reads like a wish,
  // except a call for a person: whoever writes that is served by a person.
  const wish = planByWish(input, material, locale);
  const isCall = wish?.kind === 'handover';
  if (wish !== undefined && (isCall || finding?.matchedBy !== 'exact')) return wish;
  const first = finding?.candidates[0];
  const base = {
    locale,
    language: finding?.shelf.lang ?? locale.lang,
    confidence: first?.confidence ?? 0,
    candidates: finding?.candidates ?? [],
    matchedBy: finding?.matchedBy ?? ('none' as const),
  };
  if (finding === undefined || first === undefined || !isWorthwhile(finding)) {
    return { ...base, kind: 'handover', reason: 'not_covered' };
  }
  const isTie = isNear(first, finding.candidates[1], finding.matchedBy);
  if (first.confidence >= thresholds.answer && !isTie) {
    const articles = finding.candidates.slice(0, 3).map(({ article }) => article);
    return { ...base, kind: 'answer', articles, shelf: finding.shelf, question: finding.question };
  }
  return { ...base, kind: 'choose', options: optionsFor(finding.candidates, locale) };
}
