/** A text whose wording depends on `{count}`, by the categories of `Intl.PluralRules`. */
export type PluralText = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** What the launcher says before anything else is loaded. */
export interface LauncherStrings {
  openChat: string;
  closeChat: string;
  /** What the window is called. */
  chat: string;
  loadFailed: string;
}

/** What the window says from the first moment. */
export interface WindowStrings {
  /** Header: the window's name, and who answers. Each status is shown only when it is true. */
  title: string;
  statusBot: string;
  statusAgent: string;
  statusOnline: string;
  statusAway: string;
  more: string;

  /** Greeting, and what one tap can ask for. */
  greeting: string;
  quickReplies: string;

  /** Composer. */
  composerLabel: string;
  composerPlaceholder: string;
  composerEmpty: string;
  send: string;
  attach: string;

  /** Delivery of one's own message. */
  sending: string;
  sent: string;
  delivered: string;
  read: string;
  failed: string;
  notSaved: string;

  /** Who is writing. */
  typing: string;
  typingSomeone: string;
  typingSeveral: string;

  /** Answers of the bot. */
  bot: string;

  /** Connection. */
  offline: string;
  reconnecting: string;

  /** Errors: what happened, and what to do. */
  errorUnreachable: string;
  errorUnknown: string;

  /** Transcript. */
  today: string;
  yesterday: string;
  loading: string;
  unknownPart: string;
  transcript: string;
  you: string;
  agent: string;
  announceMessage: string;
}

/** What is said by the parts of the window that arrive when first needed. */
export interface LaterStrings {
  /** `{count}` unread messages. */
  unread: PluralText;
  /** `{time}` is a measured duration. */
  statusReplyTime: string;
  close: string;
  back: string;
  cancel: string;

  askQuestion: string;
  talkToPerson: string;
  dismissInvitation: string;

  composerClosed: string;
  charactersLeft: PluralText;
  charactersOver: PluralText;

  /** Delivery of one's own message. */
  waitingForNetwork: string;
  retry: string;
  discard: string;

  /** Answers of the bot. */
  source: string;
  sources: string;
  solvedQuestion: string;
  solvedYes: string;
  solvedNo: string;
  solvedThanks: string;
  solvedOffer: string;
  answering: string;
  answerStopped: string;
  answerAgain: string;
  answerFailed: string;
  stop: string;
  regenerate: string;

  /** Formatted text. */
  copy: string;
  copied: string;
  copyFailed: string;
  codeBlock: string;
  table: string;
  taskDone: string;
  taskOpen: string;
  opensInNewTab: string;
  imageLink: string;

  /** On the way to a person. */
  handoffRequested: string;
  /** The line in the transcript: true whether or not somebody is there. */
  handedOver: string;
  queuePosition: string;
  queueNext: string;
  queueWait: string;
  nobodyHere: string;
  hoursClosed: string;
  hoursOpensAt: string;
  hoursLeave: string;
  emailMe: string;
  emailLeave: string;
  emailKept: string;
  emailChange: string;
  queueWaitRange: string;
  stopWaiting: string;
  joined: string;
  joinedSomeone: string;
  left: string;
  leftSomeone: string;
  nobodyThereYet: string;
  returnedToBot: string;
  conversationClosed: string;
  conversationReopened: string;
  startNew: string;

  /** Surveys: satisfaction (1 to 5), recommendation (0 to 10), effort (1 to 7). */
  csatQuestion: string;
  csat1: string;
  csat2: string;
  csat3: string;
  csat4: string;
  csat5: string;
  npsQuestion: string;
  npsLow: string;
  npsHigh: string;
  cesQuestion: string;
  cesLow: string;
  cesHigh: string;
  scoreOf: string;
  surveyComment: string;
  surveySubmit: string;
  surveySkip: string;
  surveyThanks: string;
  surveyChoose: string;
  surveySkipped: string;
  surveyOver: string;

  /** Files. */
  uploading: string;
  uploaded: string;
  attachmentRemove: string;
  attachmentTooBig: string;
  attachmentEmpty: string;
  attachmentType: string;
  attachmentFailed: string;
  dropFiles: string;
  download: string;
  image: string;
  openImage: string;
  imageUnavailable: string;

  /** Connection. */
  connecting: string;
  backOnline: string;

  /** Errors: what happened, and what to do. */
  errorTooMany: string;
  errorSession: string;
  errorRefused: string;
  tryAgain: string;

  /** Transcript. */
  unreadDivider: string;
  newMessages: PluralText;
  jumpToLatest: string;
  loadEarlier: string;
  /** Fetches what lies between an earlier place that was jumped to and the latest messages. */
  loadBetween: string;
  messageDeleted: string;
  messageGone: string;
  messageEdited: string;
  messageFrom: string;

  /** Cards, tools, places, players, forms, and why an answer did not help. */
  cards: PluralText;
  formProblems: PluralText;
  cardsBack: string;
  cardsOn: string;
  toolRunning: string;
  toolWaits: string;
  toolDone: string;
  toolFailed: string;
  toolDenied: string;
  toolApprove: string;
  toolDeny: string;
  reasoning: string;
  reasoningNow: string;
  showOnMap: string;
  audioTranscript: string;
  modelShow: string;
  modelFailed: string;
  modelDownload: string;
  imageZoom: string;
  imageBefore: string;
  imageAfter: string;
  imageSeparately: string;
  form: string;
  formSubmit: string;
  formSent: string;
  formFailed: string;
  formOptional: string;
  formChoose: string;
  formYes: string;
  formNo: string;
  formFile: string;
  formRequired: string;
  formChoice: string;
  formSome: string;
  formTick: string;
  formChooseFile: string;
  formDate: string;
  formTime: string;
  formEmail: string;
  formUrl: string;
  formNumber: string;
  formRange: string;
  formPattern: string;
  solvedWhy: string;
  solvedNotMine: string;
  solvedIncomplete: string;
  solvedWrong: string;
  solvedReasonThanks: string;

  /** What can be done with a message, the search, the composer's tools. */
  messageMenu: string;
  messageReplaced: string;
  reactions: string;
  react: string;
  emojiMore: string;
  reply: string;
  replyTo: string;
  copyText: string;
  copyLink: string;
  copyRefused: string;
  editMessage: string;
  deleteMessage: string;
  deleteSure: string;
  goToQuoted: string;
  search: string;
  searchEarlier: string;
  searchLater: string;
  searchCount: string;
  searchNone: string;
  searchGoesOn: string;
  emojiInsert: string;
  emojiSearch: string;
  emojiNone: string;
  emojiRecent: string;
  emojiGroups: string;
  emojiFaces: string;
  emojiPeople: string;
  emojiNature: string;
  emojiFood: string;
  emojiActivities: string;
  emojiObjects: string;
  emojiSymbols: string;
  suggestions: string;
  dictate: string;
  dictateStop: string;
  dictateFailed: string;
  record: string;
  recording: string;
  recordStop: string;
  recordListen: string;
  recordDiscard: string;
  recordSend: string;
  recordName: string;
  recordDenied: string;
  sensitiveCard: string;
  sensitiveIban: string;
  sensitiveId: string;
  sensitiveAsk: string;
  sensitiveMask: string;
  reactionCount: PluralText;
  suggestionCount: PluralText;
  foundEmoji: PluralText;
}

/** What is said around the conversation: menu, end, saving, one's own data, consent, hours. */
export interface AroundStrings {
  yourConversations: string;
  endConversation: string;
  saveConversation: string;
  myData: string;
  sound: string;
  notifyHere: string;
  notifyRefused: string;
  conversationsNone: string;
  conversationOpen: string;
  conversationEnded: string;
  conversationShown: string;
  endQuestion: string;
  endExplained: string;
  endNow: string;

  saveExplained: string;
  saveHtml: string;
  saveText: string;
  saveJson: string;
  saveSealed: string;
  savedFile: string;

  dataExplained: string;
  dataNone: string;
  dataName: string;
  dataConversations: string;
  dataMessages: string;
  dataFiles: string;
  dataContact: string;
  dataConsents: string;
  dataAgreed: string;
  dataWithdrawn: string;
  dataWithdraw: string;
  dataSave: string;
  dataDelete: string;
  dataDeleteQuestion: string;
  dataDeleteExplained: string;
  dataDeleteYes: string;
  dataDeleted: string;
  dataReceipt: string;
  dataReceiptSave: string;

  consentTitle: string;
  consentPolicy: string;
  consentNeeded: string;
  consentMissing: string;
  consentSignal: string;
  beginTitle: string;
  begin: string;
  agreeAndBegin: string;
  fieldName: string;
  fieldEmail: string;
  fieldPhone: string;

  emailTitle: string;
  emailExplained: string;
  emailMayLeave: string;
  emailSave: string;
  continueQuestion: string;
  continueExplained: string;
  continueYes: string;
  continueFailed: string;
}

/**
 * Every text of the visitor's window. `{name}` and the like are filled in; numbers are written with the digits of the
 * language. See `registerLocale` for adding a language.
 */
export interface LocaleStrings extends LauncherStrings, WindowStrings, LaterStrings, AroundStrings {}

/** The names of all texts. */
export type StringKey = keyof LocaleStrings;
