export { Attachments, type AttachmentParts, type OpenedFile } from './attachments.ts';
