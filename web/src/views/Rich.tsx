// A text of words.ts in which two stars mark what is emphasised.
import { Fragment } from 'preact';

export function Rich({ text, as: Tag = 'b' }: { text: string; as?: 'b' | 'mark' }) {
  return (
    <>
      {text
        .split('**')
        .map((part, index) =>
          index % 2 === 1 ? <Tag key={index}>{part}</Tag> : <Fragment key={index}>{part}</Fragment>,
        )}
    </>
  );
}
