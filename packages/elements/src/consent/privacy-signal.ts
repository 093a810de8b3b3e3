/** Whether the browser asks that its person's data be neither sold nor shared (Global Privacy Control). */
export const asksForPrivacy = (): boolean =>
  (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true;
