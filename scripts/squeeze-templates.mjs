// A Rollup plugin: takes the layout whitespace out of Lit's css`…` and html`…` literals, which minifiers leave alone.
// It only shortens runs of whitespace (and, in CSS, drops comments and spaces round punctuation), so nothing else changes.
const template = /\b(css|html|svg) ?`((?:[^`\\$]|\\.|\$(?!\{)|\$\{[^`{}]*\})*)`/g;

const squeezeCss = (text) =>
  text
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;}/g, '}');

const squeezeHtml = (text) => text.replace(/\s*\n\s*/g, '\n');

export function squeezeTemplates() {
  return {
    name: 'squeeze-templates',
    transform: (code, id) =>
      id.includes('node_modules')
        ? null
        : {
            code: code.replace(
              template,
              (_all, tag, text) => `${tag}\`${tag === 'css' ? squeezeCss(text) : squeezeHtml(text)}\``,
            ),
            map: null,
          },
  };
}
