/** The host in what a person gives as an account: a host, or the address of any of its pages. Not checked yet. */
export const hostOf = (account: string): string => {
  const text = account.trim();
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text).host : text.replace(/\/+$/, '');
};
