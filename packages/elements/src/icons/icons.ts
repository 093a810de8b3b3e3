import type { TemplateResult } from 'lit';
import { icon } from './icon.ts';
import {
  chatPath,
  closePath,
  chevronDownPath,
  chevronEndPath,
  arrowBackPath,
  arrowDownPath,
  sendPath,
  stopPath,
  attachPath,
  imagePath,
  filePath,
  downloadPath,
  copyPath,
  checkPath,
  doubleCheckPath,
  clockPath,
  alertPath,
  retryPath,
  faceAwfulPath,
  faceBadPath,
  faceNeutralPath,
  faceGoodPath,
  faceGreatPath,
  starPath,
  thumbUpPath,
  thumbDownPath,
  personPath,
  botPath,
  handoffPath,
  bookPath,
  searchPath,
  notePath,
  lockPath,
  menuPath,
  morePath,
  inboxPath,
  chartPath,
  plusPath,
  externalLinkPath,
  replyPath,
  languagePath,
  moonPath,
  sunPath,
  bellPath,
  signOutPath,
} from './paths.ts';

/**
 * The icon family as Lit templates, one function each, so that what nobody calls is not shipped.
 * Those that point along the text turn round in right-to-left scripts.
 *
 * @example html`<button aria-label="Send">${sendIcon()}</button>`
 */

export const chatIcon = (): TemplateResult => icon(chatPath);
export const closeIcon = (): TemplateResult => icon(closePath);
export const chevronDownIcon = (): TemplateResult => icon(chevronDownPath);
export const chevronEndIcon = (): TemplateResult => icon(chevronEndPath, true);
export const arrowBackIcon = (): TemplateResult => icon(arrowBackPath, true);
export const arrowDownIcon = (): TemplateResult => icon(arrowDownPath);
export const sendIcon = (): TemplateResult => icon(sendPath, true);
export const stopIcon = (): TemplateResult => icon(stopPath);
export const attachIcon = (): TemplateResult => icon(attachPath);
export const imageIcon = (): TemplateResult => icon(imagePath);
export const fileIcon = (): TemplateResult => icon(filePath);
export const downloadIcon = (): TemplateResult => icon(downloadPath);
export const copyIcon = (): TemplateResult => icon(copyPath);
export const checkIcon = (): TemplateResult => icon(checkPath);
export const doubleCheckIcon = (): TemplateResult => icon(doubleCheckPath);
export const clockIcon = (): TemplateResult => icon(clockPath);
export const alertIcon = (): TemplateResult => icon(alertPath);
export const retryIcon = (): TemplateResult => icon(retryPath);
export const faceAwfulIcon = (): TemplateResult => icon(faceAwfulPath);
export const faceBadIcon = (): TemplateResult => icon(faceBadPath);
export const faceNeutralIcon = (): TemplateResult => icon(faceNeutralPath);
export const faceGoodIcon = (): TemplateResult => icon(faceGoodPath);
export const faceGreatIcon = (): TemplateResult => icon(faceGreatPath);
export const starIcon = (): TemplateResult => icon(starPath);
export const thumbUpIcon = (): TemplateResult => icon(thumbUpPath);
export const thumbDownIcon = (): TemplateResult => icon(thumbDownPath);
export const personIcon = (): TemplateResult => icon(personPath);
export const botIcon = (): TemplateResult => icon(botPath);
export const handoffIcon = (): TemplateResult => icon(handoffPath, true);
export const bookIcon = (): TemplateResult => icon(bookPath);
export const searchIcon = (): TemplateResult => icon(searchPath);
export const noteIcon = (): TemplateResult => icon(notePath);
export const lockIcon = (): TemplateResult => icon(lockPath);
export const menuIcon = (): TemplateResult => icon(menuPath);
export const moreIcon = (): TemplateResult => icon(morePath);
export const inboxIcon = (): TemplateResult => icon(inboxPath);
export const chartIcon = (): TemplateResult => icon(chartPath);
export const plusIcon = (): TemplateResult => icon(plusPath);
export const externalLinkIcon = (): TemplateResult => icon(externalLinkPath, true);
export const replyIcon = (): TemplateResult => icon(replyPath, true);
export const languageIcon = (): TemplateResult => icon(languagePath);
export const moonIcon = (): TemplateResult => icon(moonPath);
export const sunIcon = (): TemplateResult => icon(sunPath);
export const bellIcon = (): TemplateResult => icon(bellPath);
export const signOutIcon = (): TemplateResult => icon(signOutPath, true);
