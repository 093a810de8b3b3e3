/* What the page can style of the elements within the window, by `::part()` on the window or on the bubble. */

export const listParts =
  'message,bubble,author,meta,image,file,citation,card,form,notice,day,feedback,quick-replies,jump';
export const composerParts = 'field,input,send,attach,hint,emoji,record,dictate';
