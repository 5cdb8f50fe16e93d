// The episodes behind a number. In: which number. Out: a dialog that is open or closed, pages of episodes, a CSV. The question is
// that of the report on the page, so that the list holds what the number counts.
import type { AuditPage, AuditQuery } from '../../../wasm/api';
import { saveText } from '../downloads';
import { change, state } from '../state';
import { words } from '../words';
import * as worker from '../worker';
import { evaluateRequest, messageOf } from './evaluation';
import { announce } from './navigate';

export function openAudit(of: string, query: AuditQuery): void {
  change({ auditing: { of, query }, announcement: '' });
}

export function closeAudit(): void {
  change({ auditing: null });
}

const asked = (query: AuditQuery): AuditQuery => ({
  ...query,
  question: evaluateRequest(state.value.report?.settings.breakdown ?? ''),
});

/** A page of episodes, or why there is none. */
export async function auditPage(query: AuditQuery): Promise<AuditPage | string> {
  try {
    return await worker.audit(asked(query));
  } catch (error) {
    return messageOf(error, words.audit.failed);
  }
}

export async function saveAudit(query: AuditQuery): Promise<void> {
  const name = 'preempt-episodes.csv';
  try {
    saveText(name, `\ufeff${await worker.auditCsv(asked(query))}`, 'text/csv');
    announce(words.chart.saved(name));
  } catch (error) {
    announce(messageOf(error, words.audit.failed));
  }
}
