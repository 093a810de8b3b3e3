import { createInterface } from 'node:readline';
import { SmallClient } from './small-client.ts';

/** The small client as a program, driven as {@link CommandClient} drives one; a flaw may be its argument. */
const client = new SmallClient(process.argv[2]);
await client.start(process.env['SAHAY_URL'] ?? '');
let told = '';
const watching = setInterval(() => {
  const text = JSON.stringify(client.view());
  if (text !== told) process.stdout.write(`${text}\n`);
  told = text;
}, 10);
const input = createInterface({ input: process.stdin });
input.on('line', (line) => void client.send((JSON.parse(line) as { send: string }).send));
input.on('close', () => {
  clearInterval(watching);
  void client.stop();
});
