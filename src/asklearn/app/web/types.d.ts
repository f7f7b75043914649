// What the HTTP API says, and the records the page keeps. Label values are label ids.

export interface LabelOption { id: string; name: string; description: string; key: string; colour: number | null }
export interface Task { kind: string; version: number; labels: LabelOption[]; guidelines: string }
export interface Me { name: string | null }
export interface Project {
  name: string;
  id?: string;
  task: Task;
  goal: number;
  settings: { suggestion: string; overlap?: number };
  me: Me;
}
export interface Item { id: string; fields: Record<string, unknown>; text: string; revision: number }
export interface Suggestion {
  label: string;
  name: string;
  p: number | null;
  probabilities: Record<string, number>;
  model: number | null;
  source: "model" | "names" | "brought";
}
export interface ReasonPart { text?: string | null; label?: string | null; name?: string | null; p?: number | null }
export interface Reason { kind: string; sentence: string; parts: ReasonPart[] }
export interface Query {
  key: string | null;
  item: Item;
  purpose: string;
  reason: Reason;
  suggestion: Suggestion | null;
  lease_until: string | number | null;
  model: number | null;
  round: number;
}
export interface Progress { answered: number; goal: number; left: number; pace_seconds: number | null; today: number }
export interface Waiting { reason: string; seconds: number; sentence: string }
export interface Claimed { queries: Query[]; waiting: Waiting | null; progress: Progress | null }
export type Kind = "answer" | "skip" | "flag";

/** An answer as it is kept here and sent, unchanged however often it is tried. */
export interface Answer {
  key: string;
  item: string;
  query: string | null;
  kind: Kind;
  label: string | null;
  seconds: number;
  comment: string | null;
  shown: boolean;
  accepted: boolean;
  answered_at: string;
  supersedes: string | null;
}
export interface Problem { type: string; title: string; status: number; detail: string }
export interface Receipt { key: string; seq?: number; repeated?: boolean; error?: Problem }
export interface Given {
  key: string;
  item: { id: string; text: string };
  kind: Kind;
  label: string | null;
  name: string | null;
  at: string | number;
  seconds: number | null;
  comment: string | null;
  seq: number;
  current: boolean;
}

/** One thing to send, in order: an answer, or taking one back. */
export type Op =
  | { op: "answer"; id: string; page: string; who: string; answer: Answer }
  | { op: "undo"; id: string; page: string; who: string; key: string; counts: boolean };

/** An answer of this page, and for a correction the one it replaced. */
export interface Done { query: Query; answer: Answer; before: Given | null }

export interface Verdict { state: string; sentence: string; evidence: Record<string, unknown> }
export interface Model { number: number; labels: number }
export interface Comparison {
  points: { labels: number; chosen: number; random: number }[];
  n_test: number;
  sentence: string;
}
export interface Observation {
  name: string;
  value: number;
  low: number | null;
  high: number | null;
  n: number | null;
  basis: string;
}
export interface Status {
  model: Model | null;
  state: string;
  verdict: Verdict | null;
  rounds: { number: number; labels: number; observations: Observation[] }[];
  warnings: string[];
  random_arm: Comparison | null;
}
export interface Boot {
  project: Project;
  session: string;
  seq?: number;
  queries: Query[];
  waiting?: Waiting | null;
  progress: Progress;
  model: Model | null;
}

export interface Asked {
  key: string;
  purpose: string;
  state: string;
  reason: Reason;
  score: number | null;
  rank: number;
  q: number | null;
  pi: number | null;
  strategy: string;
  model: number | null;
  round: number;
  suggestion: Suggestion | null;
  queued_at: string;
  asked_at: string | null;
}
export interface Told {
  key: string;
  seq: number;
  annotator: string;
  kind: Kind | "retract";
  label: string | null;
  name: string | null;
  query: string | null;
  suggested: string | null;
  accepted: boolean | null;
  seconds: number | null;
  answered_at: string;
  source: string;
  supersedes: string | null;
  comment: string | null;
  current: boolean;
}
export interface Settled { label: string; name: string; confidence: number; state: string; since: string }
export interface Story {
  item: Item;
  queries: Asked[];
  annotations: Told[];
  label: Settled | null;
  models: number[];
  same: string[];
  sentences: string[];
}
