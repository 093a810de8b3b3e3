// A Rollup plugin: in what visitors download, Lit without what Sahay's elements never use. Lit stays the dependency: its own modules
// go in, with pieces cut out. The build fails when a release of Lit no longer holds one of them, and when an element begins to use
// what was cut. `SLIM_LIT=1 npx wtr` runs browser tests on what is left.

/** Polyfills of old browsers, hydration after Lit's own server rendering, and the warning about two Lits on one page. */
const hooks = {
  'lit-html': [
    [',B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3");const D=', ',D='],
    ['t=globalThis,i=t=>t,s=t.trustedTypes', 'i=t=>t,s=globalThis.trustedTypes'],
  ],
  'reactive-element': [
    [',p=a.reactiveElementPolyfillSupport', ''],
    [',p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2");', ';'],
  ],
  'lit-element': [
    [
      ',s.litElementHydrateSupport?.({LitElement:i});const o=s.litElementPolyfillSupport;o?.({LitElement:i});',
      ';',
    ],
    ['(s.litElementVersions??=[]).push("4.2.2");', ''],
    ['const s=globalThis;', ''],
  ],
};

/** Templates are HTML made at run time, with values in text, attributes, properties and listeners: nowhere else. */
const templates = {
  'lit-html': [
    // SVG and MathML of their own, comments, raw text, a value in place of an attribute.
    ['y=/^(?:script|style|textarea|title)$/i,', ''],
    ['_=/-->/g,m=/>/g,', ''],
    [
      '"!--"===u[1]?c=_:void 0!==u[1]?c=m:void 0!==u[2]?(y.test(u[2])&&(n=RegExp("</"+u[2],"g")),c=p):void 0!==u[3]&&(c=p):',
      'c=p:',
    ],
    ['c=n??v', 'c=v'],
    ['void 0===u[1]?d=-2:', ''],
    ['c===$||c===g?c=p:c===_||c===m?c=v:(c=p,n=void 0)', 'c=p'],
    ['s+o+(-2===d?i:x)', 's+o+x'],
    ['let n,l=2===i?"<svg>":3===i?"<math>":"",c=v', 'let l="",c=v'],
    ['+(2===i?"</svg>":3===i?"</math>":"")', ''],
    ['if(this.el=S.createElement(f,e),', 'this.el=S.createElement(f,e),'],
    [
      ',2===i||3===i){const t=this.el.content.firstChild;t.replaceWith(...t.childNodes)}for(;null!==(r=',
      ';for(;null!==(r=',
    ],
    [
      'else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t));if(y.test(r.tagName)){const t=r.textContent.split(o),i=t.length-1;if(i>0){r.textContent=s?s.emptyScript:"";for(let s=0;s<i;s++)r.append(t[s],c()),P.nextNode(),d.push({type:2,index:++l});r.append(t[i],c())}}',
      '',
    ],
    [
      '8===r.nodeType)if(r.data===n)d.push({type:2,index:l});else{let t=-1;for(;-1!==(t=r.data.indexOf(o,t+1));)d.push({type:7,index:l}),t+=o.length-1}',
      '8===r.nodeType)r.data===n&&d.push({type:2,index:l});',
    ],
    [
      ':1===r.type?i=new r.ctor(h,r.name,r.strings,this,t):6===r.type&&(i=new Z(h,this,t))',
      ':i=new r.ctor(h,r.name,r.strings,this,t)',
    ],
    [
      'void 0!==s&&(void 0!==s.strings?(s._$AI(t,s,i),i+=s.strings.length-2):s._$AI(t[i]))',
      'void 0!==s.strings?(s._$AI(t,s,i),i+=s.strings.length-2):s._$AI(t[i])',
    ],
    [
      'class Z{constructor(t,i,s){this.element=t,this.type=6,this._$AN=void 0,this._$AM=i,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(t){M(this,t)}}',
      '',
    ],
    ['j={M:h,P:o,A:n,C:1,L:N,R,D:d,V:M,I:k,H,N:L,U:z,B:I,F:Z}', 'j={I:k}'],
    // Templates compiled beforehand, and those for another document.
    [
      '"number"==typeof s?this._$AC(t):(void 0===s.el&&(s.el=S.createElement(V(s.h,s.h[0]),this.options)),s)',
      'this._$AC(t)',
    ],
    [',_$litType$:s}=t,e=', '}=t,e='],
    ['(t?.creationScope??l).importNode', 'l.importNode'],
    // What directives of others may ask of the place they stand in.
    ['get parentNode(){return this._$AM.parentNode}', ''],
    [
      'get parentNode(){let t=this._$AA.parentNode;const i=this._$AM;return void 0!==i&&11===t?.nodeType&&(t=i.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}',
      '',
    ],
    ['get tagName(){return this.element.tagName}', ''],
    // Listeners are functions, never objects with options.
    [
      'const s=this._$AH,e=t===A&&s!==A||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive,h=t!==A&&(s===A||e);e&&this.element.removeEventListener(this.name,this,s),h&&this.element.addEventListener(this.name,this,t),this._$AH=t',
      'this._$AH===A&&this.element.addEventListener(this.name,this),this._$AH=t',
    ],
    [
      '"function"==typeof this._$AH?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)',
      'this._$AH!==A&&this._$AH.call(this.options?.host??this.element,t)',
    ],
  ],
};

/** Properties are declared with `attribute`, `reflect`, `state` and a `type` of text, number or yes and no. */
const properties = {
  'reactive-element': [
    [
      '{is:i,defineProperty:e,getOwnPropertyDescriptor:h,getOwnPropertyNames:r,getOwnPropertySymbols:o,getPrototypeOf:n}=Object,a=globalThis,c=a.trustedTypes,l=c?c.emptyScript:""',
      '{is:i,defineProperty:e,getOwnPropertyDescriptor:h,getPrototypeOf:n}=Object',
    ],
    [
      'case Boolean:t=t?l:null;break;case Object:case Array:t=null==t?t:JSON.stringify(t)',
      'case Boolean:t=t?"":null',
    ],
    [';break;case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}', ''],
    [
      'b={attribute:!0,type:String,converter:u,reflect:!1,useDefault:!1,hasChanged:f};Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;',
      'b={type:String};',
    ],
    [
      'const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
      '',
    ],
    ['this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0),', ''],
    ['s=[...r(t),...o(t)];for(const i of s)', 's=Object.keys(t);for(const i of s)'],
    ['(void 0!==i.converter?.toAttribute?i.converter:u).toAttribute', 'u.toAttribute'],
    [
      ',h="function"==typeof t.converter?{fromAttribute:t.converter}:void 0!==t.converter?.fromAttribute?t.converter:u;',
      ';',
    ],
    [
      'const r=h.fromAttribute(s,t.type);this[e]=r??this._$Ej?.get(e)??r',
      'this[e]=u.fromAttribute(s,t.type)',
    ],
    [
      '!((i.hasChanged??f)(h,s)||i.useDefault&&i.reflect&&h===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i)))',
      '!f(h,s)',
    ],
    [
      '{useDefault:i,reflect:e,wrapped:h},r){i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)||(',
      '{reflect:e}){(',
    ],
    ['this.hasUpdated||i||(s=void 0)', 'this.hasUpdated||(s=void 0)'],
    [
      'const t=this.constructor.elementProperties;if(t.size>0)for(const[s,i]of t){const{wrapped:t}=i,e=this[s];!0!==t||this._$AL.has(s)||void 0===e||this.C(s,void 0,i,e)}',
      '',
    ],
  ],
};

/** Steps of an element's life that none of ours overrides. */
const life = {
  'reactive-element': [
    ['static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}', ''],
    ['void 0!==t.l&&(this.l=[...t.l]),', ''],
    [',this.constructor.l?.forEach(t=>t(this))', ''],
    ['removeController(t){this._$EO?.delete(t)}', ''],
    [
      'const t=this.scheduleUpdate();return null!=t&&await t,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}',
      'return this.performUpdate(),!this.isUpdatePending}',
    ],
    [
      'let t=!1;const s=this._$AL;try{t=this.shouldUpdate(s),t?(this.willUpdate(s),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(s)):this._$EM()}catch(s){throw t=!1,this._$EM(),s}t&&this._$AE(s)',
      'const s=this._$AL;try{this.willUpdate(s),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(s)}catch(s){throw this._$EM(),s}this._$AE(s)',
    ],
    [
      'return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(t){return!0}',
      'return this._$ES}',
    ],
  ],
};

const cuts = [hooks, templates, properties, life];

/** What only works with the parts that were cut. */
const uses = [
  [/\b(svg|mathml) ?`/, 'a template that is not `html`'],
  [/lit[\\/-](html[\\/])?directives[\\/]ref\.js/, 'ref(): a value in place of an attribute'],
  [/html ?`[^`]*<!--/, 'a comment in a template'],
  [/<(textarea|title|style|script)\b[^<>]*>[^<`]*\$\{/, 'a value in raw text'],
  [/\b(converter|hasChanged|useDefault|noAccessor): /, 'a property declared with what Lit was relieved of'],
  [/\btype: (Object|Array)\b/, 'an attribute of JSON'],
  [/^\s*(?:async )?(shouldUpdate|scheduleUpdate|getUpdateComplete)\(/m, 'a step of the update that is gone'],
  [/\bhandleEvent\b/, 'a listener that is an object'],
];

/** A module of Lit without what is cut from it; nothing for any other module. */
export function relieveLit(code, id) {
  const module = /[\\/]node_modules[\\/].*[\\/](lit-html|reactive-element|lit-element)\.js$/.exec(id)?.[1];
  if (!module) return null;
  return cuts
    .flatMap((cut) => cut[module] ?? [])
    .reduce((text, [piece, instead]) => {
      if (text.split(piece).length !== 2)
        throw new Error(
          `${id} no longer holds "${piece}" exactly once, which scripts/slim-lit.mjs cuts out. Look at what Lit does there now.`,
        );
      return text.replace(piece, () => instead);
    }, code);
}

/** Fails when one of our modules uses what was cut. */
function refuse(code, id) {
  const found = uses.find(([pattern]) => pattern.test(code));
  if (found)
    throw new Error(
      `${id} has ${found[1]}: scripts/slim-lit.mjs cuts that out of Lit. Take the cut back, or do without.`,
    );
}

export const slimLit = () => ({
  name: 'slim-lit',
  transform(code, id) {
    const relieved = relieveLit(code, id);
    if (relieved !== null) return { code: relieved, map: null };
    if (!id.includes('node_modules')) refuse(code, id);
    return null;
  },
});
