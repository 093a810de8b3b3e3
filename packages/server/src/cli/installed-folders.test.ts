import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tempFolder } from '../storage/testing/temp-store.ts';
import { installedFolders } from './installed-folders.ts';
import { installPackage } from './testing/install-package.ts';

test('the console and the script are served from the packages that are installed', (t) => {
  const site = tempFolder(t);
  const file = join(site, 'package.json');
  assert.deepEqual(installedFolders([file]), {});
  const console = installPackage(site, 'console', 'dist/app/index.html');
  assert.deepEqual(installedFolders([file]), { consoleFolder: join(console, 'dist/app') });
  const elements = installPackage(site, 'elements', 'dist/bundle/sahay.js');
  assert.deepEqual(installedFolders([join(tempFolder(t), 'main.js'), file]), {
    consoleFolder: join(console, 'dist/app'),
    assetsFolder: join(elements, 'dist/bundle'),
  });
});

test('a package that was not built, or does not tell where it lies, brings nothing', (t) => {
  const site = tempFolder(t);
  installPackage(site, 'console');
  const older = installPackage(site, 'elements', 'dist/bundle/sahay.js');
  writeFileSync(join(older, 'package.json'), JSON.stringify({ name: '@sahay/elements', exports: {} }));
  assert.deepEqual(installedFolders([join(site, 'package.json')]), {});
});
