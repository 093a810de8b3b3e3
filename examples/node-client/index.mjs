import { createSupportClient } from '@sahay/client';

const [question = 'What is Sahay?', url = 'http://localhost:4000'] = process.argv.slice(2).reverse();
const client = createSupportClient({ url });
client.on('problem', ({ title }) => console.error(title));
client.connection.subscribe(() => {
  const { state, cause } = client.connection.getSnapshot();
  if (state === 'waiting') console.error(`No connection to ${url} (${cause}). Trying again …`);
});
const conversation = client.conversations.create();
let shown = 0;
const stop = conversation.subscribe(() => {
  const messages = conversation.getSnapshot().messages.slice();
  const asked = messages.findIndex(({ own }) => own);
  const answer = messages.slice(asked).find(({ message }) => message.author.role === 'bot')?.message;
  const text =
    answer?.parts.map((part) => part.text ?? part.title ?? part.fallbackText ?? '').join('\n\n') ?? '';
  process.stdout.write(text.slice(shown));
  shown = text.length;
  if (!answer || answer.status === 'streaming') return;
  stop();
  if (answer.status === 'failed') {
    console.error(`\n${answer.failure ?? 'The answer broke off.'}`);
    process.exitCode = 1;
  }
  client.destroy().then(() => console.log());
});
await conversation.send(question);
