// A Rollup plugin: takes the layout whitespace out of Lit's css`…` and html`…` literals, which minifiers leave alone, and out of the looks that
// are plain text because they are there before Lit is.
// It only shortens runs of whitespace (and, in CSS, drops comments and spaces round punctuation), so nothing else changes.
const template = /\b(css|html|svg) ?`((?:[^`\\$]|\\.|\$(?!\{)|\$\{[^`{}]*\})*)`/g;

/** Modules of nothing but CSS as text. */
const plainCss = /\/(?:bubble\/\w+\.styles|theme\/[\w-]+-text)\.js$/;

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
            code: plainCss.test(id.replaceAll('\\', '/'))
              ? code.replace(/= `([^`]*)`/g, (_all, text) => `= \`${squeezeCss(text)}\``)
              : code.replace(
                  template,
                  (_all, tag, text) => `${tag}\`${tag === 'css' ? squeezeCss(text) : squeezeHtml(text)}\``,
                ),
            map: null,
          },
  };
}
