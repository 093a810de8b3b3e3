import '@sahay/console/define';
import '@sahay/elements/define/chat';
import '@sahay/elements/define/inspector';
import { deskClient, isSignedIn, takeOver, until, visitorClient, visitorsConversation } from './people.js';
import { Storm } from './storm.js';
import { Tally, tellOthers } from './tally.js';
import { fill, wordsFor } from './words.js';

const { tag, words } = wordsFor(location.search, navigator.languages);
const isTab = new URLSearchParams(location.search).has('tab');
const find = (selector) => document.querySelector(selector);
const act = (name) => find(`[data-act="${name}"]`);
const chat = find('sahay-chat');
const desk = find('sahay-conversation');
const log = find('sahay-inspector');
const number = new Intl.NumberFormat(tag);
const seconds = (ms) =>
  new Intl.NumberFormat(tag, { style: 'unit', unit: 'second', maximumFractionDigits: 1 }).format(ms / 1000);

const tally = new Tally();
const storm = new Storm({ write: (side) => say(side), break: (fault) => breakIt(fault) });
/** Who writes: the visitor's conversation and the desk's view of it. */
const sides = new Map();
let visitor;
let faults = 0;
let recovering;
let settling = false;

function speak() {
  document.documentElement.lang = tag;
  document.documentElement.dir = tag === 'ar' ? 'rtl' : 'ltr';
  document.title = `Sahay: ${words.title}`;
  for (const node of document.querySelectorAll('[data-text]')) node.textContent = words[node.dataset.text];
  for (const node of document.querySelectorAll('[data-label]'))
    node.setAttribute('aria-label', words[node.dataset.label]);
  for (const button of document.querySelectorAll('button[data-act]'))
    button.textContent = words[button.dataset.act];
  for (const link of document.querySelectorAll('.languages a')) {
    if (link.lang === tag) link.setAttribute('aria-current', 'page');
    if (isTab) link.href += '&tab';
  }
}

const tell = (text) => (find('[data-said]').textContent = text);

/** Everything on this page goes over a line that can be broken; whoever came another way is led there. */
async function isOnTheLine() {
  const { url } = await fetch('./line.json').then(
    (answer) => (answer.ok ? answer.json() : {}),
    () => ({}),
  );
  if (!url || !['localhost', '127.0.0.1'].includes(location.hostname)) return false;
  if (new URL(url).port === location.port) return true;
  location.replace(new URL(location.pathname + location.search, url));
  return new Promise(() => undefined);
}

async function openVisitor(transport) {
  await visitor?.destroy();
  visitor = visitorClient(tag, transport);
  chat.client = visitor;
  log.client = visitor;
  const handle = await visitorsConversation(visitor);
  sides.set('v', handle);
  tally.watch('visitor', handle);
  return handle;
}

async function openDesk(conversation) {
  await until(conversation, ({ conversation: known }) => known);
  const client = deskClient(tag);
  await client.connect();
  const handle = await takeOver(client, conversation.id);
  Object.assign(desk, { client, handle, hidden: false });
  find('[data-empty]').hidden = true;
  sides.set('d', handle);
  tally.watch('desk', handle);
}

async function control(name) {
  const answer = await fetch(`/demo/proof/control/${name}`, { method: 'POST' });
  if (!answer.ok) throw new Error(words.refused);
}

const say = async (side) => {
  const handle = sides.get(side);
  return handle && tally.say(side, handle);
};

/** Breaks something, and takes the time until messages of both sides arrive everywhere again. */
async function breakIt(fault) {
  try {
    await control(fault);
  } catch (error) {
    return tell(error.message);
  }
  await measure(words[`did${fault[0].toUpperCase()}${fault.slice(1)}`]);
}

async function measure(what) {
  faults++;
  if (!storm.isOn) tell(what);
  const since = performance.now();
  const probes = await Promise.all(['v', 'd'].map(say));
  recovering ??= { what, since, probes };
}

function draw() {
  const counts = tally.counts(false);
  if (recovering && tally.areShown(recovering.probes)) {
    const time = seconds(performance.now() - recovering.since);
    find('[data-count="recovery"]').textContent = time;
    if (!storm.isOn && !settling) tell(fill(words.recovered, { what: recovering.what, time }));
    recovering = undefined;
  }
  for (const [name, value] of Object.entries({ ...counts, faults })) {
    const node = find(`[data-count="${name}"]`);
    node.textContent = number.format(value);
    if (node.closest('.verdict')) node.toggleAttribute('data-bad', value > 0);
  }
  if (!settling || counts.waiting > 0) return;
  settling = false;
  document.body.dataset.settled = JSON.stringify(counts);
  tell(
    fill(words.settled, Object.fromEntries(Object.entries(counts).map(([k, v]) => [k, number.format(v)]))),
  );
}

function toggleStorm() {
  const button = act('storm');
  if (storm.isOn) {
    storm.stop();
    settling = true;
    tell(words.settling);
  } else {
    settling = false;
    delete document.body.dataset.settled;
    storm.start();
    tell(words.storming);
  }
  button.textContent = storm.isOn ? words.calm : words.storm;
}

function enableControls() {
  for (const control of document.querySelectorAll('[data-act]')) control.disabled = false;
  for (const fault of ['cut', 'freeze', 'expire', 'kill'])
    act(fault).addEventListener('click', () => void breakIt(fault));
  act('storm').addEventListener('click', toggleStorm);
  act('tab').addEventListener('click', () => open(`?lang=${tag}&tab`, '_blank'));
  act('transport').addEventListener('change', async ({ target }) => {
    await openVisitor(target.value);
    await measure(words.didTransport);
  });
}

/** Signing in happens on another page; coming back from there is noticed. */
async function signedIn() {
  while (!(await isSignedIn())) {
    find('[data-empty]').textContent = words.signIn;
    await new Promise((resolve) => {
      addEventListener('focus', resolve, { once: true });
      setTimeout(resolve, 3_000);
    });
  }
}

async function start() {
  speak();
  if (!(await isOnTheLine())) {
    find('.stage').hidden = true;
    return tell(words.noLine);
  }
  if (isTab) {
    document.body.dataset.tab = '';
    visitor = chat.client = visitorClient(tag);
    log.client = visitor;
    tellOthers(() => visitor.conversations.current());
    return;
  }
  find('[data-empty]').textContent = words.noTalk;
  await signedIn();
  await control('look');
  await openDesk(await openVisitor());
  enableControls();
  tell(words.ready);
  setInterval(draw, 100);
}

// Not awaited: parts that are loaded later import this module, and would wait for it.
void start();
