/** What a canned reply sends below its text, as JSON; nothing where it is text alone. */
export const cannedParts = `
ALTER TABLE canned_replies ADD COLUMN parts TEXT;
`;
