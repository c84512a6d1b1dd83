// Mentions in a message: "@[systemuser,id,"Name"]" on the wire, "@Name" for people.
export interface Person {
  id: string;
  name: string;
}

export type Piece = { kind: "text"; text: string } | { kind: "mention"; person: Person };

const MENTION = /@\[(\w+),([0-9a-f-]{36}),"([^"]*)"\]/gi;

export function piecesOf(message: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of message.matchAll(MENTION)) {
    if (match.index > from) {
      pieces.push({ kind: "text", text: message.slice(from, match.index) });
    }
    pieces.push({ kind: "mention", person: { id: match[2] ?? "", name: match[3] ?? "" } });
    from = match.index + match[0].length;
  }
  if (from < message.length) {
    pieces.push({ kind: "text", text: message.slice(from) });
  }
  return pieces;
}

/**
 * What is being typed after the last "@" before the cursor; null when nobody is being mentioned.
 */
export function mentionAt(text: string, cursor: number): { from: number; typed: string } | null {
  const match = /(?:^|\s)@([\p{L}\p{M}' -]{0,40})$/u.exec(text.slice(0, cursor));
  if (!match) {
    return null;
  }
  const typed = match[1] ?? "";
  return { from: cursor - typed.length - 1, typed };
}

/**
 * The words as sent: each chosen "@Name" becomes a mention. Longer names first, or "Tom" would eat
 * "Tom Barker".
 */
export function toWire(text: string, chosen: readonly Person[]): string {
  const people = [...chosen].sort((a, b) => b.name.length - a.name.length);
  return people.reduce((message, person) => {
    // A name that stands inside an earlier mention is followed by its closing quote.
    const name = person.name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const wire = `@[systemuser,${person.id},"${person.name.replaceAll('"', "'")}"]`;
    return message.replace(new RegExp(`@${name}(?!\\p{L})`, "gu"), () => wire);
  }, text.trim());
}
