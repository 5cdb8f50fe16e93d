// Everything the page knows, in one plain object. In: what people do (actions.ts). Out: what the views draw. Nothing else
// holds state, so that a step back, a saved session or a shared link is a copy of this object or of its part `choices`.
import { computed, signal } from '@preact/signals';
import type {
  AuditQuery,
  Contents,
  EvaluateRequest,
  FileInfo,
  Filter,
  MappingRequest,
  Report,
  Source,
  Vocabulary,
} from '../../wasm/api';
import type { Period } from './format';

export type Step = 'files' | 'check' | 'results';
export type Theme = 'system' | 'light' | 'dark';
/** The three that the report's own series hold; companions are named by their id. */
export type TrendMetric = 'effect' | 'no_contact' | 'contacts';

/** How far a reading is. */
export interface ReadingProgress {
  /** Bytes so far and in all. */
  done: number;
  total: number;
  rows: number;
  /** When its first bytes were read, in milliseconds of the page's clock; 0 = it waits for its turn. */
  since: number;
  /** An archive or a workbook is being opened; its tables are read afterwards. */
  unpacking: boolean;
}

/** A file on the page: what was given, what came of it, and what the person said about it. */
export interface OpenFile {
  key: number;
  name: string;
  size: number;
  source: Source;
  /** Null until it has been recognised. */
  info: FileInfo | null;
  /** While it is being read or waits for it, else null. */
  progress: ReadingProgress | null;
  /** The message of a file that could not even be handed to the calculator. */
  problem: string;
  /** The person stopped its reading: it can be read again. */
  stopped: boolean;
  /** Its layout was not known, or lacks what is required: the person is led through the mapping. */
  guided: boolean;
  /** The fingerprints that its header had: as recognised, and after a correction of how it is read. */
  fingerprints: string[];
  /** `earlier`: read with a mapping of an earlier file; `now`: the mapping made here is kept for the next one. */
  remembered: '' | 'earlier' | 'now';
  /** The archive that it came from, what was left in it, and sheets of its workbook that could be added. */
  container: string;
  ignored: Contents['ignored'];
  offered: Contents['offered'];
  /** All corrections of the person, as sent. */
  mapping: Partial<MappingRequest>;
  zoneAnswered: boolean;
  /** Last local day for which the export is complete; '' = not answered, the core assumes its last row. */
  completeUntil: string;
  sample: boolean;
}

/** The settings of an evaluation that a person can change. */
export interface Settings {
  windowDays: number;
  unit: 'auto' | 'person' | 'account';
  zone: string;
  scope: 'all_topics' | 'same_topic';
  strata: 'auto' | 'experiment' | 'trigger' | 'segment' | 'trigger_segment';
  level: number;
  /** The designed share of the holdout in per cent, as typed; '' = not stated. */
  holdoutPercent: string;
  /** Attribute of the breakdown; null = not chosen, the page takes the first that the data have. */
  breakdown: string | null;
  /** A second attribute, so that the parts are pairs; '' = none. */
  secondBreakdown: string;
  /** All must hold. */
  filters: Filter[];
  /** First and last local day of what is counted; '' = open. */
  from: string;
  to: string;
  /** As typed; '' = not stated. Nothing is assumed about money. */
  costPerContact: string;
  costPerOutreach: string;
  minutesPerContact: string;
  currency: string;
  /** Where the cost of a contact comes from, in a person's words. */
  costSource: string;
  /** How many units the experiment was planned for, and how often one has looked at it. */
  plannedUnits: string;
  snapshots: string;
  /** Days; health scores below it are at risk. */
  lookbackDays: string;
  repeatDays: string;
  atRiskBelow: string;
  ownRanges: OwnRange[];
  /** Of the published ranges: per axis the one shown; '' = all, 'none' = none of them. */
  profile: Record<string, string>;
}

/** A range or a target of one's own, per 100, as typed. */
export interface OwnRange {
  label: string;
  metric: string;
  low: string;
  high: string;
  source: string;
  /** The outreach type that it speaks of; '' = the whole programme. */
  outreachType: string;
}

/** Fields of the typed mode, as typed. */
export interface TypedNumbers {
  claimedAttempts: string;
  claimedSuccesses: string;
  outreaches: string;
  prevented: string;
  treated: string;
  treatedContacted: string;
  holdout: string;
  holdoutContacted: string;
  eligible: string;
  engaged: string;
  proactiveOutreaches: string;
  reactiveContacts: string;
}

/** What a person decided: the part that can be undone, saved and shared. */
export interface Choices {
  settings: Settings;
  typed: TypedNumbers;
  period: Period;
  /** Null = the strongest that the data support. */
  trendMetric: string | null;
}

/** A report that was made elsewhere or earlier: from a link or an evidence file. It has no rows. */
export interface Opened {
  from: 'link' | 'file';
  name: string;
  /** When it was saved, ISO; '' = not stated. */
  saved: string;
  view: {
    period: Period;
    trendMetric: string | null;
    currency: string;
    costSource: string;
    folds: State['folds'];
  };
  request: Partial<EvaluateRequest>;
  inputs: {
    name: string;
    bytes: number;
    sha256: string;
    kind: string;
    mapping: Partial<MappingRequest>;
  }[];
  report: Report;
}

/** The number whose episodes are looked at: in words, and as the core is asked for them. */
export interface Auditing {
  of: string;
  query: AuditQuery;
}

/** What came of working an earlier report out again. */
export interface Verified {
  state: 'working' | 'done' | 'failed';
  /** Its files that are on the page too, and those that are not or have changed. */
  same: string[];
  other: string[];
  /** The fields that differ. */
  differ: string[];
  figures: number;
}

export type PrintMode = 'all' | 'page' | 'slide';

/** All that a step of a person can change: what is taken back is put back from here. */
export interface Decisions {
  choices: Choices;
  origin: State['origin'];
  opened: Opened | null;
  earlier: Opened | null;
  files: OpenFile[];
}

/** A step that was taken, and what was decided before it (in the past) or after it (in the future). */
export interface PastStep {
  name: string;
  decisions: Decisions;
}

export interface State {
  step: Step;
  theme: Theme;
  /** What the results are made from. */
  origin: 'files' | 'typed' | 'opened';
  opened: Opened | null;
  /** A report set beside the one on the page. */
  earlier: Opened | null;
  verified: Verified | null;
  /** Why a link or an evidence file could not be opened. */
  openProblem: string;
  /** The share dialog is open; the help is. */
  sharing: boolean;
  helping: boolean;
  auditing: Auditing | null;
  /** Sections that the person opened or folded, by id; the others stand as sections.tsx has them. Not a step: pressed again, it
   * is as before. So undo leaves it as it is, going back and forth on the page keeps it, and a link or file takes it along. */
  folds: Record<string, boolean>;
  printing: PrintMode;
  typing: boolean;
  files: OpenFile[];
  vocabulary: Vocabulary | null;
  choices: Choices;
  report: Report | null;
  /** The keys of the files that the report is made from, in its order. */
  reportKeys: number[];
  /** What came of loading a file of mappings. */
  mappingsNote: { text: string; bad: boolean } | null;
  /** Why there is no new report; the last one stays on the page. */
  problem: string;
  /** The report on the page does not match files or settings yet. */
  stale: boolean;
  evaluating: boolean;
  dragging: boolean;
  /** Steps that can be taken back, and those taken back: the nearest last. */
  past: PastStep[];
  future: PastStep[];
  /** Said to screen readers when it changes. */
  announcement: string;
}

export const emptyTyped: TypedNumbers = {
  claimedAttempts: '',
  claimedSuccesses: '',
  outreaches: '',
  prevented: '',
  treated: '',
  treatedContacted: '',
  holdout: '',
  holdoutContacted: '',
  eligible: '',
  engaged: '',
  proactiveOutreaches: '',
  reactiveContacts: '',
};

export const initialState: State = {
  step: 'files',
  theme: 'system',
  origin: 'files',
  opened: null,
  earlier: null,
  verified: null,
  openProblem: '',
  sharing: false,
  helping: false,
  auditing: null,
  folds: {},
  printing: 'all',
  typing: false,
  files: [],
  vocabulary: null,
  choices: {
    settings: {
      windowDays: 7,
      unit: 'auto',
      zone: 'UTC',
      scope: 'all_topics',
      strata: 'auto',
      level: 0.95,
      holdoutPercent: '',
      breakdown: null,
      secondBreakdown: '',
      filters: [],
      from: '',
      to: '',
      costPerContact: '',
      costPerOutreach: '',
      minutesPerContact: '',
      currency: 'EUR',
      costSource: '',
      plannedUnits: '',
      snapshots: '',
      lookbackDays: '',
      repeatDays: '',
      atRiskBelow: '',
      ownRanges: [],
      profile: {},
    },
    typed: emptyTyped,
    period: 'month',
    trendMetric: null,
  },
  report: null,
  reportKeys: [],
  mappingsNote: null,
  problem: '',
  stale: false,
  evaluating: false,
  dragging: false,
  past: [],
  future: [],
  announcement: '',
};

export const state = signal<State>(initialState);

export function change(patch: Partial<State>): void {
  state.value = { ...state.value, ...patch };
}

export function choose(patch: Partial<Choices>): void {
  change({ choices: { ...state.value.choices, ...patch } });
}

/** Slices: a view that reads one of these is drawn again only when that part changes. */
export const step = computed(() => state.value.step);
export const theme = computed(() => state.value.theme);
export const files = computed(() => state.value.files);
export const vocabulary = computed(() => state.value.vocabulary);
export const choices = computed(() => state.value.choices);
export const settings = computed(() => state.value.choices.settings);
export const typedNumbers = computed(() => state.value.choices.typed);
export const report = computed(() => state.value.report);
export const folds = computed(() => state.value.folds);
export const origin = computed(() => state.value.origin);

/** A file of the list counts once it has been read to its end. */
export function isRead(file: OpenFile): boolean {
  return file.info?.state === 'read';
}

export function isReading(file: OpenFile): boolean {
  return file.progress !== null;
}

export function isBad(file: OpenFile): boolean {
  return !isReading(file) && (file.problem !== '' || file.info?.state === 'failed');
}

/** The first bytes of a longer file may hold no letter that tells its encoding: asked when there is one to look at. */
export function asksEncoding({ info, mapping }: OpenFile): boolean {
  if (!info || info.encoding_certain || mapping.encoding !== undefined) return false;
  return foreignCells(info).length > 0;
}

/** Cells beside plain English letters, by which a person sees whether the encoding is right. */
export function foreignCells(info: FileInfo): string[] {
  const cells = [...info.preview.flat(), ...info.columns.flatMap(({ samples }) => samples)];
  return [...new Set(cells.filter((cell) => /[^\0-\x7f]/.test(cell)))].slice(0, 3);
}

/** What is still to be answered for a file: results are possible without it, but rest on an assumption. */
export function openQuestions(file: OpenFile): ('zone' | 'dates' | 'encoding' | 'mapping')[] {
  if (!file.info || isReading(file) || isBad(file)) return [];
  const open: ('zone' | 'dates' | 'encoding' | 'mapping')[] = [];
  if (asksEncoding(file)) open.push('encoding');
  if (file.info.ask_date_order && !file.mapping.date_order) open.push('dates');
  else if (file.info.state === 'needs_answer') open.push('mapping');
  if (file.info.zone_matters && !file.info.zone_in_header && !file.zoneAnswered) open.push('zone');
  return open;
}

export const canCheck = computed(() => files.value.length > 0);
export const canRead = computed(
  () => report.value !== null || (files.value.some(isRead) && !files.value.some(isReading)),
);
