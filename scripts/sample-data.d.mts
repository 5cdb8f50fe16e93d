/** What the generated customers' chances of a contact within the window really are. Shares; `difference` is signed. */
export interface SampleEffect {
  /** Trigger events of customers who got the message, and of held-out customers. */
  treated: number;
  heldOut: number;
  /** Mean chance of at least one contact over the treated events: as written to, and had nobody written. */
  contactRate: number;
  baselineRate: number;
  /** baselineRate - contactRate: the true average effect on the treated, prevented per outreach. */
  difference: number;
  /** Share of would-be contacts prevented. */
  relativeReduction: number;
  /** Expected number of treated events kept free of a contact; negative = contacts caused. */
  prevented: number;
}

export interface SampleTruth extends SampleEffect {
  seed: number;
  windowDays: number;
  byTrigger: Record<string, SampleEffect>;
}

export interface Sample {
  /** customers.csv, outreaches.csv, contacts.csv, exposure.csv: the generic layout, UTF-8, LF. */
  files: { name: string; text: string }[];
  truth: SampleTruth;
}

/** Pure: the same seed and size give the same bytes in every engine. */
export function generateSample(options?: { seed?: number; customers?: number }): Sample;
