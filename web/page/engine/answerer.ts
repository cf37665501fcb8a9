// An engine for longer answers: the page's economy is open in it with all files that a study may name.
import { bytesOf, textOf } from "../files.ts";
import { catalogue } from "../model/catalogue.ts";
import { economyOf } from "../model/study.ts";
import type { EngineClient } from "./client.ts";
import type { Configuration, Progress } from "./types.ts";

/** What of the page is to be open in it. */
export interface Open {
  economy: string;
  bytes: Uint8Array;
  configuration: Configuration;
}

export class Answerer {
  private ready: Promise<unknown> | undefined;
  private texts: [string, string][] = [];

  constructor(
    readonly client: EngineClient,
    private readonly page: () => Open,
  ) {}

  /** Another economy or model is open on the page: what is being computed ends. */
  forget(): void {
    this.client.cancel();
    this.ready = undefined;
  }

  prepared(): Promise<unknown> {
    const open = async () => {
      const { bytes, economy, configuration } = this.page();
      this.texts = Object.entries(JSON.parse(await textOf("sources")));
      for (const [name, text] of this.texts) if (!name.startsWith("studies/")) await this.client.source(name, text);
      await this.client.open(bytes, economy);
      await this.client.configure(configuration);
    };
    const ready = (this.ready ??= open());
    ready.catch(() => {
      if (this.ready === ready) this.ready = undefined;
    });
    return ready;
  }

  /** Under the page's own model again, after others. */
  async configured(): Promise<void> {
    const { configuration } = this.page();
    if (JSON.stringify(this.client.configured) !== JSON.stringify(configuration))
      await this.client.configure(configuration);
  }

  /** A whole study, which may name another of the page's economies than the one that is open. */
  async run(study: string, name: string, progress: (at: Progress) => void): Promise<any> {
    const other = economyOf(study);
    await this.prepared();
    if (other && other !== this.page().economy && catalogue.economies.some((e) => e.name === other)) {
      this.ready = undefined; // the page's own again at the next question
      await this.client.open(await bytesOf(other), other);
    }
    // What the study names by a path: from its own folder in the repository, or from the root.
    const sources = Object.fromEntries(
      this.texts.flatMap(([file, text]) =>
        [file, `../${file}`].filter((path) => study.includes(JSON.stringify(path))).map((path) => [path, text]),
      ),
    );
    const today = new Date().toISOString().slice(0, 10);
    return (await this.client.call("run", { name, study, sources, today }, progress)).answer.results;
  }
}
