// Headless Chromium out of node_modules/@sparticuz/chromium (linux x64 only): no apt, no download.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { brotliDecompressSync } from 'node:zlib';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export function npmChromium() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const pkg = join(root, 'node_modules/@sparticuz/chromium');
  if (!existsSync(join(pkg, 'bin/chromium.br'))) return undefined;
  const { version } = JSON.parse(readFileSync(join(pkg, 'package.json'), 'utf8'));
  const dir = join(root, 'node_modules/.cache', `chromium-${version}`);
  if (!existsSync(join(dir, 'chromium'))) {
    mkdirSync(dir, { recursive: true });
    for (const [name, sub] of [
      ['al2023', '.'],
      ['fonts', 'fonts'],
      ['swiftshader', '.'],
    ]) {
      mkdirSync(join(dir, sub), { recursive: true });
      execFileSync('tar', ['x', '-C', join(dir, sub)], {
        input: brotliDecompressSync(readFileSync(join(pkg, 'bin', `${name}.tar.br`))),
        maxBuffer: 1 << 28,
      });
    }
    const tmp = join(dir, `chromium.${process.pid}`);
    writeFileSync(tmp, brotliDecompressSync(readFileSync(join(pkg, 'bin/chromium.br'))), { mode: 0o755 });
    renameSync(tmp, join(dir, 'chromium'));
  }
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: [join(dir, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
  };
  if (!existsSync('/etc/fonts')) env.FONTCONFIG_PATH = join(dir, 'fonts');
  return { executablePath: join(dir, 'chromium'), headless: 'shell', env };
}
