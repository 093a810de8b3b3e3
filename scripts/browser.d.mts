export const chromiumArgs: string[];
export function findChromium(): {
  executablePath: string;
  headless: boolean | 'shell';
  env?: Record<string, string | undefined>;
};
export function findFirefox(): { browser: 'firefox'; executablePath: string; headless: boolean };
