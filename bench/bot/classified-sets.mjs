import { calibrationError, matthewsCorrelation, trainClassifier } from '@sahay/bot/bench';
import { join } from 'node:path';
import { readBanking, readClinc, readTopics, toExamples } from './read-data.mjs';

const share = (list, test) => list.filter(test).length / list.length;

/** Every example with what the classifier says about it. */
function judge(classifier, examples) {
  return examples.map((example) => {
    const [first] = classifier.predict(example.text);
    return {
      ...example,
      said: first.label,
      confidence: first.confidence,
      right: first.label === example.label,
    };
  });
}

function train(examples) {
  const started = performance.now();
  const classifier = trainClassifier(examples);
  return { classifier, seconds: (performance.now() - started) / 1000 };
}

/** 77 intents, training questions as phrasings. */
export const banking77 = {
  name: 'banking77',
  files: ['train.csv', 'test.csv'],
  run(path) {
    const { classifier, seconds } = train(readBanking(path, 'train'));
    const judged = judge(classifier, readBanking(path, 'test'));
    return [
      { measure: 'top-1', value: share(judged, ({ right }) => right), floor: 0.88, reference: 0.915 },
      { measure: 'calibration error (ECE)', value: calibrationError(judged), isLoss: true },
      { measure: 'training, seconds', value: seconds, unit: 's', isLoss: true },
    ];
  },
};

/** 150 intents and questions that belong to none; the threshold comes from the in-scope validation questions alone. */
export const clinc150 = {
  name: 'clinc150',
  files: ['data_full.json'],
  run(path) {
    const data = readClinc(path);
    const { classifier, seconds } = train(toExamples(data.train));
    const [validation, test, foreign] = ['val', 'test', 'oos_test'].map((split) =>
      judge(classifier, toExamples(data[split])),
    );
    const ascending = validation.map(({ confidence }) => confidence).sort((a, b) => a - b);
    const threshold = ascending[Math.floor(ascending.length * 0.1)];
    return [
      { measure: 'in-scope top-1', value: share(test, ({ right }) => right), reference: 0.925 },
      {
        measure: 'out-of-scope recall, 90 % of validation accepted',
        value: share(foreign, ({ confidence }) => confidence < threshold),
        floor: 0.8,
        reference: 0.869,
      },
      {
        measure: 'in-scope right and accepted, same threshold',
        value: share(test, ({ right, confidence }) => right && confidence >= threshold),
        reference: 0.871,
      },
      {
        measure: 'calibration error (ECE), in and out of scope',
        value: calibrationError([...test, ...foreign]),
        isLoss: true,
      },
      { measure: 'training, seconds', value: seconds, unit: 's', isLoss: true },
    ];
  },
};

/** A small shop's FAQ; the threshold comes from cross-validation on its 328 training phrases. */
export const hint3 = {
  name: 'hint3-sofmattress',
  files: ['train.csv', 'test.csv'],
  run(path) {
    const none = 'NO_NODES_DETECTED';
    const { classifier } = train(readBanking(path, 'train'));
    const judged = judge(classifier, readBanking(path, 'test'));
    const decided = judged.map(({ said, confidence }) => (confidence >= classifier.threshold ? said : none));
    const inScope = judged.filter(({ label }) => label !== none);
    return [
      { measure: 'in-scope accuracy', value: share(inScope, ({ right }) => right), reference: 0.749 },
      {
        measure: 'MCC, out-of-scope as a class',
        value: matthewsCorrelation(
          judged.map(({ label }) => label),
          decided,
        ),
        reference: 0.571,
        unit: '',
      },
      {
        measure: 'calibration error (ECE), in and out of scope',
        value: calibrationError(judged),
        isLoss: true,
      },
    ];
  },
};

/** The same seven topics in Bengali and English: a tokenizer that breaks Bengali words shows here. */
export const sib200 = {
  name: 'sib200',
  files: ['train.tsv', 'test.tsv', 'eng_train.tsv', 'eng_test.tsv'],
  run(path) {
    return [
      { prefix: '', language: 'Bengali', reference: 0.745, floor: 0.68 },
      { prefix: 'eng_', language: 'English', reference: 0.75 },
    ].map(({ prefix, language, ...targets }) => {
      const { classifier } = train(readTopics(join(path, `${prefix}train.tsv`)));
      const judged = judge(classifier, readTopics(join(path, `${prefix}test.tsv`)));
      return { measure: `accuracy, ${language}`, value: share(judged, ({ right }) => right), ...targets };
    });
  },
};
