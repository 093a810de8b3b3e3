import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ConfigError } from '../config/index.ts';
import { loadKnowledge } from './index.ts';

let root = '';
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'sahay-kb-'));
});
after(() => rm(root, { recursive: true, force: true }));

async function folderOf(name: string, files: Record<string, string>): Promise<string> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name, path)), { recursive: true });
    await writeFile(join(root, name, path), text);
  }
  return join(root, name);
}

describe('loadKnowledge', () => {
  it('shows an article in the language of the reader', async () => {
    const folder = await folderOf('two', {
      'en/money/refunds.md':
        '---\ntitle: How do refunds work?\n---\n\nWithin a week.\n\n## Late\n\nWrite to us.',
      'bn/money/refunds.md': '---\ntitle: টাকা ফেরত পাব কীভাবে?\n---\n\nএক সপ্তাহে।',
    });
    const knowledge = await loadKnowledge({ folder, required: true });
    const shown = knowledge.article('en/money/refunds');
    assert.equal(shown?.title, 'How do refunds work?');
    assert.match(shown.markdown, /^Within a week\.\n\n## Late\n\nWrite to us\./);
    assert.equal(knowledge.article('en/money/refunds', 'bn-BD')?.articleId, 'bn/money/refunds');
    assert.equal(knowledge.article('en/money/refunds', 'ar')?.lang, 'en');
    assert.equal(knowledge.article('en/../../secret'), undefined);
    assert.deepEqual(
      knowledge.suggestions('bn-BD').map(({ id }) => id),
      ['bn/money/refunds'],
    );
    assert.deepEqual(knowledge.suggestions('ar'), []);
  });

  it('suggests no title twice', async () => {
    const text = '# How do I cancel?\n\nLike this.';
    const folder = await folderOf('alike', { 'en/billing/a.md': text, 'en/orders/a.md': text });
    const knowledge = await loadKnowledge({ folder, required: true });
    assert.equal(knowledge.suggestions('en').length, 1);
  });

  it('warns of broken front matter with file and line, and keeps the article', async () => {
    const folder = await folderOf('broken', {
      'en/a.md': '---\ntitle: "half\nlang: en\n---\n\n# What now?\n\nAn answer.',
    });
    const knowledge = await loadKnowledge({ folder, required: true });
    assert.equal(knowledge.articles.length, 1);
    assert.match(knowledge.warnings[0] ?? '', /^en\/a\.md:\d+/);
  });

  it('refuses a folder without a single article when somebody asked for it', async () => {
    const folder = await folderOf('none', {
      'picture.txt': 'x',
      'en/empty.md': '---\ntitle: Nothing\n---\n',
    });
    await assert.rejects(loadKnowledge({ folder, required: true }), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.match(error.message, /holds no article.*--kb or SAHAY_KB.*en\/empty\.md/);
      return true;
    });
    assert.equal((await loadKnowledge({ folder, required: false })).articles.length, 0);
  });
});
