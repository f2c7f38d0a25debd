/** Enough of an address to recognise one's own, too little to write to: `l***@example.org`. */
export const maskedAddress = (address: string): string => {
  const at = address.lastIndexOf("@");
  if (at > 0) return `${address.slice(0, 1)}***${address.slice(at)}`;
  return address.length < 7 ? "***" : `${address.slice(0, 3)}****${address.slice(-2)}`;
};
