export function startSite(): Promise<{ url: string; close(): Promise<void> }>;
