/* The icons of what arrives when first needed, and of the console. */

export const chevronEndPath = 'm9 5.5 6.5 6.5L9 18.5';
export const arrowBackPath = 'M19.5 12h-15M11 5.5 4.5 12l6.5 6.5';
export const stopPath =
  'M7.5 6h9A1.5 1.5 0 0 1 18 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 6 16.5v-9A1.5 1.5 0 0 1 7.5 6z';
export const imagePath =
  'M5 4.5h14A1.5 1.5 0 0 1 20.5 6v12a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18V6A1.5 1.5 0 0 1 5 4.5zM3.5 16l4.3-4.3a1 1 0 0 1 1.4 0l7.3 7.3M13.5 16l1.8-1.8a1 1 0 0 1 1.4 0l3.8 3.8M15.5 9v.01';
export const filePath =
  'M13.5 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5zv5h5';
export const downloadPath = 'M12 4v11m-4.5-4.5L12 15l4.5-4.5M4.5 19.5h15';
export const copyPath =
  'M10 8.5h8a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1-1.5 1.5h-8A1.5 1.5 0 0 1 8.5 18v-8A1.5 1.5 0 0 1 10 8.5zM15.5 8.5V6A1.5 1.5 0 0 0 14 4.5H6A1.5 1.5 0 0 0 4.5 6v8A1.5 1.5 0 0 0 6 15.5h2.5';
export const retryPath = 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9m0-4.5V9H15';
export const faceAwfulPath =
  'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9 10v.01M15 10v.01M8 16.75a4.7 4.7 0 0 1 8 0';
export const faceBadPath =
  'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9 10v.01M15 10v.01M8.5 16a6 6 0 0 1 7 0';
export const faceNeutralPath = 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9 10v.01M15 10v.01M8.5 15h7';
export const faceGoodPath =
  'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9 10v.01M15 10v.01M8.5 14.5a6 6 0 0 0 7 0';
export const faceGreatPath =
  'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9 10v.01M15 10v.01M7.5 13.5h9a4.5 4.5 0 0 1-9 0z';
export const starPath = 'm12 3.75 2.5 5.2 5.75.8-4.2 4 1 5.7L12 16.7l-5.05 2.75 1-5.7-4.2-4 5.75-.8z';
export const thumbUpPath =
  'M7.5 10.5V20m0-9.5 3.6-6.3a1.9 1.9 0 0 1 3.5 1.3L14 9.5h4.1a2 2 0 0 1 2 2.4l-1.4 6.5a2 2 0 0 1-2 1.6H4v-9.5z';
export const thumbDownPath =
  'M7.5 13.5V4m0 9.5 3.6 6.3a1.9 1.9 0 0 0 3.5-1.3l-.6-4h4.1a2 2 0 0 0 2-2.4l-1.4-6.5a2 2 0 0 0-2-1.6H4v9.5z';
export const personPath = 'M12 3.75a3.9 3.9 0 1 0 0 7.8 3.9 3.9 0 0 0 0-7.8zM4.5 20.25a7.5 7.5 0 0 1 15 0';
export const personAddPath =
  'M9.5 4a3.6 3.6 0 1 0 0 7.2 3.6 3.6 0 0 0 0-7.2zM2.5 20a7 7 0 0 1 14 0M19 8v6M16 11h6';
export const botPath =
  'M7.5 8h9a3 3 0 0 1 3 3v5a3 3 0 0 1-3 3h-9a3 3 0 0 1-3-3v-5a3 3 0 0 1 3-3zM12 8V4.25M9 4.25h6M9.25 13v1M14.75 13v1M2 12.5v2M22 12.5v2';
export const bookPath =
  'M12 6.5c-2-1.5-4.5-2-8.5-2v13c4 0 6.5.5 8.5 2 2-1.5 4.5-2 8.5-2v-13c-4 0-6.5.5-8.5 2zv13';
export const searchPath = 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.25 15.25 20 20';
export const notePath =
  'M6 4.5h12A1.5 1.5 0 0 1 19.5 6v7.5l-6 6H6A1.5 1.5 0 0 1 4.5 18V6A1.5 1.5 0 0 1 6 4.5zm13.5 9H15a1.5 1.5 0 0 0-1.5 1.5v4.5M8.5 9h7M8.5 12.5h3';
export const lockPath =
  'M6.5 10.5h11A1.5 1.5 0 0 1 19 12v7a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 19v-7a1.5 1.5 0 0 1 1.5-1.5zm1.5 0V8a4 4 0 0 1 8 0v2.5m-4 4v2';
export const menuPath = 'M4 7h16M4 12h16M4 17h10';
export const inboxPath =
  'm3.5 13.5 2.2-7.4a1.5 1.5 0 0 1 1.4-1.1h9.8a1.5 1.5 0 0 1 1.4 1.1l2.2 7.4V18a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18zH8l1.5 2.75h5L16 13.5h4.5';
export const chartPath = 'M4 20h16M6.5 16.5v-4M12 16.5v-10M17.5 16.5v-7';
export const plusPath = 'M12 5v14M5 12h14';
export const externalLinkPath =
  'M14 4.5h5.5V10m0-5.5L11 13M10 5.5H6A1.5 1.5 0 0 0 4.5 7v11A1.5 1.5 0 0 0 6 19.5h11a1.5 1.5 0 0 0 1.5-1.5v-4';
export const replyPath = 'M9.5 5.5 4 11l5.5 5.5M4 11h9.5a6 6 0 0 1 6 6v1.5';
export const languagePath =
  'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM3.5 12h17M12 3.5c2.4 2.4 3.6 5.2 3.6 8.5s-1.2 6.1-3.6 8.5c-2.4-2.4-3.6-5.2-3.6-8.5s1.2-6.1 3.6-8.5z';
export const sunPath =
  'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v1.75M12 19.75v1.75M2.5 12h1.75M19.75 12h1.75M5.3 5.3l1.2 1.2M17.5 17.5l1.2 1.2M5.3 18.7l1.2-1.2M17.5 6.5l1.2-1.2';
export const bellPath =
  'M6 10.25a6 6 0 0 1 12 0c0 3.9 1.3 5.5 2 6.75H4c.7-1.25 2-2.85 2-6.75zM9.75 20a2.5 2.5 0 0 0 4.5 0';
export const signOutPath = 'M10 4.5H6A1.5 1.5 0 0 0 4.5 6v12A1.5 1.5 0 0 0 6 19.5h4M10 12h10m-4-4 4 4-4 4';
export const arrowDownPath = 'M12 4.5v15M5.5 13l6.5 6.5 6.5-6.5';
export const moonPath = 'M19.75 14.5A8.25 8.25 0 0 1 9.5 4.25a8.25 8.25 0 1 0 10.25 10.25z';
export const handoffPath =
  'M9 4a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 19.5a6.5 6.5 0 0 1 11-4.7M13.5 19h7.5m-3-3 3 3-3 3';
export const soundPath = 'M4.5 9.5v5H8l4.5 4v-13L8 9.5zM16 9a4.2 4.2 0 0 1 0 6M18.5 6.5a7.8 7.8 0 0 1 0 11';
export const cubePath = 'M12 3.5l7.5 4.25v8.5L12 20.5l-7.5-4.25v-8.5zM4.75 8L12 12.25 19.25 8M12 12.25v8';
export const mailPath =
  'M5 5.5h14A1.5 1.5 0 0 1 20.5 7v10a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 17V7A1.5 1.5 0 0 1 5 5.5zM4 7l8 6 8-6';
export const settingsPath =
  'M4 7h9m4 0h3M4 17h3m4 0h9M15 4.75a2.25 2.25 0 1 0 0 4.5 2.25 2.25 0 0 0 0-4.5zM9 14.75a2.25 2.25 0 1 0 0 4.5 2.25 2.25 0 0 0 0-4.5z';
