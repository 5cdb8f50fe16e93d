// Everything the page knows, in one plain object. In: what people do (actions.ts). Out: what the views draw. Nothing else
// holds state, so that a step back, a saved session or a shared link is a copy of this object or of its part `choices`.
import { computed, signal } from '@preact/signals';
import type { FileInfo, MappingRequest, Report, Source, Vocabulary } from '../../wasm/api';
import type { Period } from './format';

export type Step = 'files' | 'check' | 'results';
export type Theme = 'system' | 'light' | 'dark';
export type TrendMetric = 'effect' | 'no_contact' | 'contacts';

/** A file on the page: what was given, what came of it, and what the person said about it. */
export interface OpenFile {
  key: number;
  name: string;
  size: number;
  source: Source;
  /** Null until it has been recognised. */
  info: FileInfo | null;
  /** Bytes and rows so far while it is being read, else null. */
  progress: { done: number; total: number; rows: number } | null;
  /** The message of a file that could not even be handed to the calculator. */
  problem: string;
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
  trendMetric: TrendMetric | null;
}

export interface State {
  step: Step;
  theme: Theme;
  /** What the results are made from. */
  origin: 'files' | 'typed';
  typing: boolean;
  files: OpenFile[];
  vocabulary: Vocabulary | null;
  choices: Choices;
  report: Report | null;
  /** Why there is no new report; the last one stays on the page. */
  problem: string;
  /** The report on the page does not match files or settings yet. */
  stale: boolean;
  evaluating: boolean;
  dragging: boolean;
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
    },
    typed: emptyTyped,
    period: 'month',
    trendMetric: null,
  },
  report: null,
  problem: '',
  stale: false,
  evaluating: false,
  dragging: false,
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

/** What is still to be answered for a file: results are possible without it, but rest on an assumption. */
export function openQuestions(file: OpenFile): ('zone' | 'dates' | 'mapping')[] {
  if (!file.info || isReading(file) || isBad(file)) return [];
  const open: ('zone' | 'dates' | 'mapping')[] = [];
  if (file.info.ask_date_order && !file.mapping.date_order) open.push('dates');
  else if (file.info.state === 'needs_answer') open.push('mapping');
  if (file.info.zone_matters && !file.info.zone_in_header && !file.zoneAnswered) open.push('zone');
  return open;
}

export const canCheck = computed(() => files.value.length > 0);
export const canRead = computed(
  () => report.value !== null || (files.value.some(isRead) && !files.value.some(isReading)),
);
