const rightToLeft = /^(?:ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)(?:-|$)|-(?:Arab|Hebr|Thaa|Syrc)(?:-|$)/i;

/** The reading direction of a language tag. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  return rightToLeft.test(tag) && !/-(?:Latn|Cyrl)(?:-|$)/i.test(tag) ? 'rtl' : 'ltr';
}
