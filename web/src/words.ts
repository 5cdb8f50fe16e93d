// All words of the page, in English. In: numbers already made readable by format.ts, and the core's codes. Out: sentences in
// the words of a support team. Two stars mark what is emphasised: **308 contacts**. Another language is another set of files
// of this shape (words/), one for each part of the page.
import { setMaskedWord } from './format';
import { answer } from './words/answer';
import { audit } from './words/audit';
import { why } from './words/causes';
import { charts } from './words/charts';
import { companions } from './words/companions';
import { details } from './words/details';
import { evidence } from './words/evidence';
import { frame } from './words/frame';
import { help } from './words/help';
import { insight } from './words/insight';
import { loading } from './words/loading';
import { sharing } from './words/sharing';
import { tree } from './words/tree';
import { attributes, axes, kinds, withheld, wordFor } from './words/names';

export { wordFor } from './words/names';

setMaskedWord(frame.masked);

export const words = {
  ...frame,
  ...loading,
  ...answer,
  ...audit,
  ...details,
  ...charts,
  ...evidence,
  ...companions,
  ...sharing,
  ...help,
  ...insight,
  ...why,
  ...tree,
  kinds,
  attributes,
  axes,
  withheld: (code: string) => wordFor(withheld, code),
};
