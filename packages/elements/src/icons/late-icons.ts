import type { TemplateResult } from 'lit';
import { icon } from './icon.ts';
import { closePath } from './launcher-paths.ts';
import {
  chevronEndPath,
  arrowBackPath,
  stopPath,
  imagePath,
  filePath,
  downloadPath,
  copyPath,
  retryPath,
  faceAwfulPath,
  faceBadPath,
  faceNeutralPath,
  faceGoodPath,
  faceGreatPath,
  starPath,
  thumbUpPath,
  thumbDownPath,
  personAddPath,
  personPath,
  botPath,
  bookPath,
  searchPath,
  notePath,
  lockPath,
  menuPath,
  inboxPath,
  chartPath,
  plusPath,
  externalLinkPath,
  replyPath,
  languagePath,
  sunPath,
  bellPath,
  signOutPath,
  arrowDownPath,
  moonPath,
  handoffPath,
  soundPath,
  cubePath,
  mailPath,
  settingsPath,
} from './late-paths.ts';

export const closeIcon = (): TemplateResult => icon(closePath);
export const chevronEndIcon = (): TemplateResult => icon(chevronEndPath, true);
export const arrowBackIcon = (): TemplateResult => icon(arrowBackPath, true);
export const stopIcon = (): TemplateResult => icon(stopPath);
export const imageIcon = (): TemplateResult => icon(imagePath);
export const fileIcon = (): TemplateResult => icon(filePath);
export const downloadIcon = (): TemplateResult => icon(downloadPath);
export const copyIcon = (): TemplateResult => icon(copyPath);
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
export const personAddIcon = (): TemplateResult => icon(personAddPath);
export const botIcon = (): TemplateResult => icon(botPath);
export const bookIcon = (): TemplateResult => icon(bookPath);
export const searchIcon = (): TemplateResult => icon(searchPath);
export const noteIcon = (): TemplateResult => icon(notePath);
export const lockIcon = (): TemplateResult => icon(lockPath);
export const menuIcon = (): TemplateResult => icon(menuPath);
export const inboxIcon = (): TemplateResult => icon(inboxPath);
export const chartIcon = (): TemplateResult => icon(chartPath);
export const plusIcon = (): TemplateResult => icon(plusPath);
export const externalLinkIcon = (): TemplateResult => icon(externalLinkPath, true);
export const replyIcon = (): TemplateResult => icon(replyPath, true);
export const languageIcon = (): TemplateResult => icon(languagePath);
export const sunIcon = (): TemplateResult => icon(sunPath);
export const bellIcon = (): TemplateResult => icon(bellPath);
export const signOutIcon = (): TemplateResult => icon(signOutPath, true);
export const arrowDownIcon = (): TemplateResult => icon(arrowDownPath);
export const moonIcon = (): TemplateResult => icon(moonPath);
export const handoffIcon = (): TemplateResult => icon(handoffPath, true);
export const soundIcon = (): TemplateResult => icon(soundPath);
export const cubeIcon = (): TemplateResult => icon(cubePath);
export const mailIcon = (): TemplateResult => icon(mailPath);
export const settingsIcon = (): TemplateResult => icon(settingsPath);
