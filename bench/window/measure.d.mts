import type { Browser, Page } from 'puppeteer-core';

export function openPage(browser: Browser, url: string, name: string): Promise<Page>;
