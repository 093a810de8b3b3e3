/**
 * Fits the two logistic models of `packages/bot/src/confidence/retrieval-confidence.ts` and prints their constants.
 *
 *   node --conditions=sahay-source bench/bot/fit-confidence.mjs <folder of data sets> docs/help
 *
 * Questions with a known answer come from training data only: (1) each example phrasing in the help articles,
 * asked while the knowledge base does not have it; (2) small made-up knowledge bases, each of 15 to 60 intents of
 * banking77's or hint3's training set, an article being one phrase as title and one to twelve as body. Half of these
 * questions are about something else: intents left out of the knowledge base, and clinc150's training phrases.
 * No test set is read.
 */
import { confidenceFeatures, fitLogistic, logisticProbability, calibrationError } from '@sahay/bot/bench';
import { ArticleIndex, toQuestion } from '@sahay/bot/bench';
import { readKnowledgeFolder } from '@sahay/bot/knowledge-node';
import { parseArticle } from '@sahay/bot/knowledge';
import { join } from 'node:path';
import { readBanking, readClinc, toExamples } from './read-data.mjs';

const [dataFolder, helpFolder] = process.argv.slice(2);
if (helpFolder === undefined) {
  console.error('Usage: fit-confidence.mjs <folder of data sets> <folder of help articles>');
  process.exit(2);
}

let state = 7;
const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
const pick = (list) => list[Math.floor(random() * list.length)];
const sample = (list, count) =>
  [...list]
    .map((item) => [random(), item])
    .sort((a, b) => a[0] - b[0])
    .slice(0, count)
    .map(([, item]) => item);

const observations = [];
function observe(index, text, rightId, weight) {
  const question = toQuestion(text, index.lang);
  const hits = index.search(question);
  if (hits.length === 0) return;
  observations.push({
    features: confidenceFeatures(question, hits),
    first: hits[0].article.id === rightId,
    anyOfThree: hits.slice(0, 3).some((hit) => hit.article.id === rightId),
    weight,
    source: rightId === undefined ? 'foreign' : index.source,
  });
}

const clinc = readClinc(join(dataFolder, 'clinc150'));
const chatter = toExamples([...clinc.train, ...clinc.oos_train]).map(({ text }) => text);

function observeHelp(articles, lang) {
  for (let held = 0; held < 6; held += 1) {
    const gone = new Set(sample(articles, Math.floor(articles.length / 5)));
    const kept = articles.filter((article) => !gone.has(article));
    const index = new ArticleIndex(
      kept.map((article) => ({ ...article, phrasings: article.phrasings.filter((_, at) => at !== held) })),
      lang,
    );
    index.source = `help ${lang}`;
    for (const article of kept)
      if (article.phrasings[held]) observe(index, article.phrasings[held], article.id, 3);
    // Titles and phrasings the visitor taps or repeats word for word.
    for (const article of sample(kept, 5))
      observe(index, pick([article.title, ...article.phrasings]), article.id, 3);
    for (const article of gone)
      if (article.phrasings[held]) observe(index, article.phrasings[held], undefined, 3);
    if (lang === 'en') for (const text of sample(chatter, 40)) observe(index, text, undefined, 3);
  }
}

function observeIntents(examples) {
  const byLabel = Map.groupBy(examples, ({ label }) => label);
  for (let round = 0; round < 30; round += 1) {
    const labels = sample([...byLabel.keys()], 15 + Math.floor(random() * 45));
    const asked = [];
    const articles = labels.map((label) => {
      const [title, question, ...body] = sample(byLabel.get(label), 2 + Math.ceil(random() * 12)).map(
        ({ text }) => text,
      );
      if (question !== undefined) asked.push([question, label]);
      return parseArticle({ path: `${label}.md`, text: `# ${title}\n\n${body.join('. ') || title}.` })
        .article;
    });
    const index = new ArticleIndex(articles, 'en');
    index.source = 'intents';
    for (const [text, label] of asked) observe(index, text, label, 1);
    const foreign = examples.filter(({ label }) => !labels.includes(label)).map(({ text }) => text);
    for (const text of sample(foreign, Math.floor(asked.length / 2))) observe(index, text, undefined, 1);
    for (const text of sample(chatter, Math.floor(asked.length / 2))) observe(index, text, undefined, 1);
  }
}

const { articles } = await readKnowledgeFolder(helpFolder);
for (const lang of new Set(articles.map((article) => article.lang))) {
  observeHelp(
    articles.filter((article) => article.lang === lang),
    lang,
  );
}
observeIntents(readBanking(join(dataFolder, 'banking77'), 'train'));
observeIntents(readBanking(join(dataFolder, 'hint3-sofmattress'), 'train'));

for (const target of ['first', 'anyOfThree']) {
  const model = fitLogistic(observations.map((seen) => ({ ...seen, right: seen[target] })));
  const judged = observations.map((seen) => ({
    ...seen,
    confidence: logisticProbability(model, seen.features),
    right: seen[target],
  }));
  console.log(
    target,
    JSON.stringify({
      intercept: +model.intercept.toFixed(2),
      weights: model.weights.map((w) => +w.toFixed(2)),
    }),
  );
  for (const source of new Set(judged.map((seen) => seen.source))) {
    const some = judged.filter((seen) => seen.source === source);
    const sure = some.filter(({ confidence }) => confidence >= 0.5);
    console.log(
      `  ${source}: ${some.length} questions, calibration error ${calibrationError(some).toFixed(3)},`,
      `right ${(some.filter((seen) => seen.right).length / some.length).toFixed(2)},`,
      `accepted at 0.5 ${(sure.length / some.length).toFixed(2)}, of those right ${(sure.filter((seen) => seen.right).length / Math.max(1, sure.length)).toFixed(2)}`,
    );
  }
  console.log(`  all: calibration error ${calibrationError(judged).toFixed(3)}`);
}
