// The documents of an audit, for who has not run scripts/build since they were added: it writes the same, and a difference
// between the two is an error of tsc. In: nothing. Out: types.
export {};

declare module '../build/generated/report' {
  interface AuditCondition {
    by: string;
    value: string;
  }

  interface AuditRequest {
    question: EvaluateRequest;
    population: string;
    metric: string;
    arm: string;
    where: AuditCondition[];
    outcome: string;
    search: string;
    offset: number;
    limit: number;
  }

  interface AuditSource {
    what: string;
    id: string;
    file: string;
    line: number;
  }

  interface AuditContact {
    at: string;
    local: string;
    delay_minutes: number;
    topic: string;
    id: string;
    file: string;
    line: number;
    counted: boolean;
    reason: string;
    words: string;
  }

  interface AuditEpisode {
    unit: string;
    arm: string;
    trigger: string;
    outreach_type: string;
    group: string;
    start: string;
    start_local: string;
    day_only: boolean;
    state: string;
    reason: string;
    words: string;
    dose: number;
    contacts: number;
    induced: boolean;
    confirmed: boolean;
    escalated: boolean;
    lookback_truncated: boolean;
    sources: AuditSource[];
    seen: AuditContact[];
  }

  interface AuditPage {
    population: string;
    arm: string;
    numerator: string;
    total: number;
    outcomes: Count[];
    window_days: number;
    zone: string;
    rows: AuditEpisode[];
  }
}
