// A Rollup plugin: in what visitors download, Lit's css`…` without its ways round browsers that lack constructable style sheets
// (none of those supported) and without its hints to developers (the types say the same).
const slim = `
class CSSResult {
  _$cssResult$ = true;
  #sheet;
  constructor(cssText) { this.cssText = cssText; }
  get styleSheet() {
    if (!this.#sheet) (this.#sheet = new CSSStyleSheet()).replaceSync(this.cssText);
    return this.#sheet;
  }
  toString() { return this.cssText; }
}
export { CSSResult };
export const supportsAdoptingStyleSheets = true;
export const unsafeCSS = (text) => new CSSResult(String(text));
export const css = (strings, ...values) => new CSSResult(String.raw({ raw: strings }, ...values));
export const getCompatibleStyle = (style) => style;
export const adoptStyles = (root, styles) => {
  root.adoptedStyleSheets = styles.map((style) => style.styleSheet ?? style);
};
`;

export const slimCssTag = () => ({
  name: 'slim-css-tag',
  load: (id) => (/@lit[\\/]reactive-element[\\/]css-tag\.js$/.test(id) ? slim : null),
});
