// npm run bench -- sizes [--chunks]: what a visitor downloads, minified and brotli-compressed, from the built bundles.
// The bubble before intent; the window open and talking, without and with Markdown; the client alone. Exits 1 when a floor is
// missed. Below stands what comes beyond that without being asked for, once the window stands.
import { bundleSizes, kB } from './sizes/bundle-sizes.mjs';

const { rows, beside, chunks } = await bundleSizes();
for (const { what, bytes, floor, aim } of rows) {
  const mark = bytes <= floor * 1000 ? '✔' : '✖';
  console.log(`${mark} ${what.padEnd(70)} ${kB(bytes).padStart(6)} kB   floor ${floor} kB   aim ${aim} kB`);
}
for (const { what, bytes } of beside) console.log(`  + ${what.padEnd(68)} ${kB(bytes).padStart(6)} kB`);
if (process.argv.includes('--chunks'))
  for (const { path, bytes } of chunks) console.log(`  ${path.padEnd(50)} ${kB(bytes)} kB`);
process.exitCode = rows.every(({ bytes, floor }) => bytes <= floor * 1000) ? 0 : 1;
