import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readArguments } from './read-arguments.ts';

test('options win over the environment, which fills what they leave open', () => {
  const env = { PORT: '5000', SAHAY_DATA: '/env', SAHAY_KB: '', SAHAY_ALLOW_ORIGIN: 'https://env.example' };
  const args = readArguments(
    ['--port=6000', '--allow-origin', 'https://a.example', '--allow-origin', 'https://b.example'],
    env,
  );
  assert.equal(args.kind, 'start');
  assert.equal(args.input.port, '6000');
  assert.equal(args.input.dataFolder, '/env');
  assert.equal(args.input.knowledgeFolder, undefined);
  assert.deepEqual(args.input.allowOrigins, ['https://a.example', 'https://b.example']);
});

test('an empty value is passed on, so that it is noticed', () => {
  const args = readArguments(['--kb', ''], { SAHAY_KB: '/env' });
  assert.equal(args.kind === 'start' && args.input.knowledgeFolder, '');
});

test('what is not understood is refused in one sentence', () => {
  for (const [argv, sentence] of [
    [['start'], /^Unexpected argument 'start'\. Run sahay-server --help/],
    [['--port'], /^Option '--port <value>' argument missing\. Run/],
    [['--kb', '--data', 'x'], /^Option '--kb' argument is ambiguous\. Run/],
    [['--help=yes'], /^Option '-h, --help' does not take an argument\. Run/],
  ] as const)
    assert.throws(() => readArguments(argv, {}), { name: 'ConfigError', message: sentence });
});
