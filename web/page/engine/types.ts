// What passes between the page and the engine (apps/page): JSON in, JSON out.

/** One change of tariffs, exactly as a line of `tariff` in a study. */
export interface Row {
  importer?: string | string[];
  exporter?: string | string[];
  sector?: string | string[];
  rate?: number;
  add?: number;
  scale?: number;
  add_column?: string;
  rate_column?: string;
  column_of?: string;
  schedule?: string;
  min?: number;
  max?: number;
}

export interface Certificate {
  converged: boolean;
  residual: number;
  walras: number;
  iterations?: number;
  closure?: string;
  numeraire?: string;
}

/** An economy as `detente_open` describes it. */
export interface Economy {
  name: string;
  title: string;
  source?: string;
  licence?: string;
  note?: string;
  unit: string;
  year?: number;
  /** Its own, as `Configured` has those in use. */
  elasticities?: { text?: string; set?: string; horizon?: string };
  regions: string[];
  sectors: string[];
  sector_titles?: string[];
  goods: (boolean | number)[];
  value_added?: number[];
  region_columns?: Record<string, number[]>;
  sector_columns?: Record<string, number[]>;
}

/** What results.json has at scenarios.NAME, by region. */
export type RegionResult = Record<string, any>;

export interface Outcome {
  regions: Record<string, RegionResult>;
  certificate: Certificate;
  /** Exporter by importer, net of tariffs. */
  trade?: number[][];
  /** Importer by sector; money net of tariffs. */
  sectors?: { price_percent: number[][]; imports_base: number[][]; imports: number[][]; tariff_revenue: number[][] };
}

/** What `detente_configure` says of the base under a model. */
export interface Configured {
  certificate: Certificate;
  /** Those in use; `mean` is of goods, weighted by trade. */
  elasticities?: { text?: string; set?: string; horizon?: string; mean?: number };
  /** Whether the model counts as income what others count as sales. */
  sales_are_income?: boolean;
  assumptions?: string[];
  base?: Outcome;
}

export interface Failure {
  error: string;
}

/** What the model is asked to be: keys of `[model]` and of `[economy]`'s elasticities in a study. */
export interface Configuration {
  model: Record<string, string | number | boolean>;
  elasticities: Record<string, string | number>;
}

/** How far an answer is. */
export interface Progress {
  what: string;
  done: number;
  total: number;
}

/** What the page posts to the worker; every call but `start` has one answer. */
export type Call =
  | { id: number; call: "start"; module: WebAssembly.Module; threads: number }
  | { id: number; call: "open"; bytes: Uint8Array; name: string }
  | { id: number; call: "source"; name: string; text: string }
  | { id: number; call: "models" }
  | { id: number; call: "configure" | "solve" | "war" | "best" | "run"; argument: unknown };

export type Reply =
  | { id: number; answer: any; milliseconds: number }
  | { id: number; error: string }
  | { id: number; progress: Progress };
