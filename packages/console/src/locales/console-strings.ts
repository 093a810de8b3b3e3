import type { PluralText } from '@sahay/elements/internal';

/** Every text of the console. `{name}` and the like are filled in; numbers are written with the digits of the language. */
export interface ConsoleStrings {
  /** Inbox. */
  inbox: string;
  sections: string;
  waiting: string;
  mine: string;
  allOpen: string;
  closed: string;
  conversations: string;
  emptyWaiting: string;
  emptyMine: string;
  emptyAll: string;
  emptyClosed: string;
  loading: string;
  isNew: string;
  waitingFor: string;
  visitorNumber: string;
  noWordsYet: string;
  presence: string;
  online: string;
  away: string;
  onlineHint: string;
  awayHint: string;

  /** Why people are asked to take over. */
  reasonAsked: string;
  reasonNotCovered: string;
  reasonDidNotHelp: string;
  reasonTransfer: string;
  reasonPolicy: string;
  reasonOther: string;

  /** Who has a conversation. */
  stateBot: string;
  stateWaiting: string;
  stateMine: string;
  stateOther: string;
  stateOffered: string;
  stateOfferedOther: string;
  stateNobody: string;
  stateClosed: string;

  /** Connection. */
  connecting: string;
  reconnecting: string;
  offline: string;
  stopped: string;

  /** Desk. */
  openConversations: string;
  closeTab: string;
  nothingOpen: string;
  nothingOpenHint: string;
  backToInbox: string;
  backToConversation: string;
  details: string;
  hideDetails: string;
  takeOver: string;
  returnToBot: string;
  toQueue: string;
  closeConversation: string;
  reopen: string;
  closedSince: string;
  closedReopen: string;
  takeOverFirst: string;
  botHasIt: string;
  otherHasIt: string;
  failedToOpen: string;
  actionFailed: string;
  alreadyTaken: string;
  notYours: string;
  noBot: string;
  tooLong: string;
  retry: string;
  dismiss: string;
  newMessages: PluralText;

  /** Notices of the transcript, seen from the console. */
  noticeAskedForPerson: string;
  noticeHandedOver: string;
  noticeJoined: string;
  noticeYouJoined: string;
  noticePassedOn: string;
  noticeReturnedToBot: string;
  noticeClosed: string;
  noticeReopened: string;
  offered: string;
  visitor: string;
  bot: string;
  agent: string;
  helpedYes: string;
  helpedNo: string;

  /** Writing. */
  writeTo: string;
  reply: string;
  note: string;
  replySeenBy: string;
  noteSeenBy: string;
  replyPlaceholder: string;
  notePlaceholder: string;
  replyLabel: string;
  noteLabel: string;
  saveNote: string;
  saving: string;
  noteTitle: string;
  noteNotSaved: string;

  /** Canned replies. */
  cannedReplies: string;
  insertCanned: string;
  filterCanned: string;
  cannedCount: PluralText;
  noCanned: string;
  noCannedMatch: string;
  cannedFailed: string;
  editCanned: string;
  cannedTitle: string;
  cannedText: string;
  addCanned: string;
  removeCanned: string;
  saveCanned: string;
  cannedIncomplete: string;
  cancel: string;
  close: string;

  /** Why this answer? */
  why: string;
  whyAnswer: string;
  whyChoose: string;
  whyHandover: string;
  whySmallTalk: string;
  whyNoted: string;
  question: string;
  confidence: string;
  confidenceOf: string;
  articlesConsidered: string;
  noArticles: string;
  score: string;
  matchedBy: string;
  model: string;
  language: string;
  took: string;

  /** Context. */
  handoff: string;
  reason: string;
  tried: string;
  goal: string;
  page: string;
  sentiment: string;
  sentimentPositive: string;
  sentimentNeutral: string;
  sentimentNegative: string;
  notes: string;
  noNotes: string;
  contact: string;
  email: string;
  phone: string;
  startedAt: string;
  firstAnswer: string;
  rating: string;
  noRating: string;
  ratingAsked: string;
  ratingDismissed: string;
  ratingOf: string;

  /** Insights. */
  insights: string;
  range: string;
  days: PluralText;
  figureConversations: string;
  figureConversationsHint: string;
  figureCsat: string;
  figureCsatHint: string;
  csatAnswers: PluralText;
  csatShare: string;
  csat1: string;
  csat2: string;
  csat3: string;
  csat4: string;
  csat5: string;
  figureFirst: string;
  figureFirstHint: string;
  p90: string;
  figureResolved: string;
  figureResolvedHint: string;
  byBot: string;
  handedOver: string;
  unanswered: string;
  unansweredHint: string;
  topQuestions: string;
  topQuestionsHint: string;
  timesAsked: PluralText;
  /** `{number}` of several. */
  openConversation: string;
  openOnly: string;
  lastAsked: string;
  stillWaiting: PluralText;
  noUnanswered: string;
  noTop: string;
  noData: string;
  nothingYet: string;
  nothingYetHint: string;
  insightsFailed: string;

  /** The page. */
  console: string;
  navigation: string;
  signOut: string;
  theme: string;
  themeAuto: string;
  themeLight: string;
  themeDark: string;
  signIn: string;
  signInTitle: string;
  signInIntro: string;
  signInName: string;
  signInNameHint: string;
  signInUsed: string;
  signInUsedHint: string;
  signInNone: string;
  signInNoneHint: string;
  signInFailed: string;
  signingIn: string;
  signedOut: string;
  signOutFailed: string;
  addColleague: string;
  colleagueName: string;
  makeLink: string;
  colleagueLink: string;
  colleagueLinkHint: string;
  copyLink: string;
  copied: string;
  copyFailed: string;
  colleagueFailed: string;
  nameMissing: string;
}
