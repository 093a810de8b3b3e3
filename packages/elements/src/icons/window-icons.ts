import type { TemplateResult } from 'lit';
import { icon } from './icon.ts';
import { chatPath } from './launcher-paths.ts';
import {
  chevronDownPath,
  sendPath,
  attachPath,
  checkPath,
  doubleCheckPath,
  clockPath,
  alertPath,
  morePath,
} from './window-paths.ts';

export const chevronDownIcon = (): TemplateResult => icon(chevronDownPath);
export const sendIcon = (): TemplateResult => icon(sendPath, true);
export const attachIcon = (): TemplateResult => icon(attachPath);
export const checkIcon = (): TemplateResult => icon(checkPath);
export const doubleCheckIcon = (): TemplateResult => icon(doubleCheckPath);
export const clockIcon = (): TemplateResult => icon(clockPath);
export const alertIcon = (): TemplateResult => icon(alertPath);
export const moreIcon = (): TemplateResult => icon(morePath);
export const chatIcon = (): TemplateResult => icon(chatPath);
