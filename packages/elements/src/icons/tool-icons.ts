import type { TemplateResult } from 'lit';
import { icon } from './icon.ts';
import {
  arrowUpPath,
  dictatePath,
  linkPath,
  microphonePath,
  pencilPath,
  shieldPath,
  smilePath,
  trashPath,
} from './tool-paths.ts';

export const linkIcon = (): TemplateResult => icon(linkPath);
export const pencilIcon = (): TemplateResult => icon(pencilPath);
export const trashIcon = (): TemplateResult => icon(trashPath);
export const smileIcon = (): TemplateResult => icon(smilePath);
export const microphoneIcon = (): TemplateResult => icon(microphonePath);
export const dictateIcon = (): TemplateResult => icon(dictatePath);
export const shieldIcon = (): TemplateResult => icon(shieldPath);
export const arrowUpIcon = (): TemplateResult => icon(arrowUpPath);
