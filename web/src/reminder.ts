// A reminder as a calendar file (RFC 5545): one whole day, with a text. In: words and the days from now. Out: the file's content.

const kDay = 86_400_000;
const kLine = 74;

/** Commas, semicolons, backslashes and line ends have meanings of their own. */
const escaped = (text: string): string =>
  text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll('\n', '\\n');

/** A line may be 75 bytes long; what follows stands on further lines that begin with a blank. Never inside a character. */
function folded(line: string): string {
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  const lines: string[] = [];
  let last = '';
  for (const sign of line) {
    if (bytes(last + sign) > kLine) {
      lines.push(last);
      last = ' ';
    }
    last += sign;
  }
  return [...lines, last].join('\r\n');
}

const stamp = (time: Date): string => time.toISOString().replace(/[-:]|\.\d+/g, '');

export function reminder(title: string, text: string, days: number, now = new Date()): string {
  const day = (after: number) => stamp(new Date(now.getTime() + after * kDay)).slice(0, 8);
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Preempt//Preempt//EN',
    'BEGIN:VEVENT',
    `UID:${stamp(now)}-${title.replace(/\W+/g, '-')}@preempt.invalid`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART;VALUE=DATE:${day(days)}`,
    `DTEND;VALUE=DATE:${day(days + 1)}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(text)}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
    .map((line) => `${folded(line)}\r\n`)
    .join('');
}
