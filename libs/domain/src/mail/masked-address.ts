/**
 * An e-mail address as it is shown to whoever looks after mails: enough to tell it from others, not enough to write to.
 * The domain stays, since it is what mail servers stumble over.
 */
export const maskedAddress = (address: string): string => {
  const end = address.lastIndexOf('@');
  const [first = ''] = end > 0 ? address.slice(0, end) : address;
  return `${first}***${end > 0 ? address.slice(end) : ''}`;
};
