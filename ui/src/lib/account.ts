/** A number to transfer to, as people read it aloud: `0812 3456 7890`. */
export function inFours(account: string): string {
  return account.replace(/(.{4})(?=.)/g, '$1 ');
}
