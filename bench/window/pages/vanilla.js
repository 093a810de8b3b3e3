/* A limit: a windowed list without any library, rows of one height, no grouping, no states. */
const rowHeight = 64;
const style = new CSSStyleSheet();
style.replaceSync(`
  body { margin: 0; font: 15px/1.4 sans-serif }
  .list { width: 400px; height: 560px; overflow: auto; position: relative }
  .row { position: absolute; inset-inline: 8px; height: ${rowHeight - 8}px; overflow: hidden; padding: 4px 12px; border-radius: 12px; background: #eee; box-sizing: border-box }
  .row.own { background: #cfe8df }
  .live { position: static; height: auto; overflow: visible }
`);
document.adoptedStyleSheets = [style];
const list = document.createElement('div');
list.className = 'list';
const spacer = document.createElement('div');
list.append(spacer);
document.body.append(list);

let all = [];
const drawn = new Map();
let live;

function draw() {
  const from = Math.max(0, Math.floor(list.scrollTop / rowHeight) - 6);
  const to = Math.min(all.length, from + 22);
  for (const [index, row] of drawn) {
    if (index >= from && index < to) continue;
    row.remove();
    drawn.delete(index);
  }
  for (let index = from; index < to; index++) {
    if (drawn.has(index)) continue;
    const row = document.createElement('div');
    row.className = all[index].own ? 'row own' : 'row';
    row.style.setProperty('top', `${index * rowHeight}px`);
    row.textContent = all[index].text;
    list.append(row);
    drawn.set(index, row);
  }
}
function size() {
  spacer.style.setProperty('height', `${all.length * rowHeight}px`);
  list.scrollTop = list.scrollHeight;
}
list.addEventListener('scroll', draw, { passive: true });

/** Bold, italic, code and links of one line. */
function inline(parent, text) {
  for (const piece of text.split(/(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)/)) {
    const tag = piece.startsWith('**')
      ? 'strong'
      : piece.startsWith('*')
        ? 'em'
        : piece.startsWith('`')
          ? 'code'
          : '';
    if (!tag) parent.append(piece);
    else {
      const element = document.createElement(tag);
      element.textContent = piece.replace(/^[*`]+|[*`]+$/g, '');
      parent.append(element);
    }
  }
}

globalThis.bench = {
  open(messages) {
    all = messages;
    size();
    draw();
  },
  push(message) {
    all.push(message);
    size();
    draw();
  },
  startAnswer() {
    live = document.createElement('div');
    live.className = 'row live';
    live.text = '';
    list.append(live);
  },
  /** Only the last block is drawn again. */
  token(text) {
    live.text += text;
    const blocks = live.text.split('\n\n');
    while (live.childElementCount < blocks.length) live.append(document.createElement('p'));
    const last = live.lastElementChild;
    last.replaceChildren();
    inline(last, blocks.at(-1));
    list.scrollTop = list.scrollHeight;
  },
  endAnswer() {},
  scroller: () => list,
};
