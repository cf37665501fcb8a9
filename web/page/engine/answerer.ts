// An engine for longer answers, with all files that a study may name.
import { economyBytes, sourcesOf } from "../files.ts";
import { catalogue } from "../model/catalogue.ts";
import { economyOf } from "../model/study.ts";
import { Cancelled, type EngineClient } from "./client.ts";
import type { Configuration, Progress } from "./types.ts";

/** What of the page is to be open in it. */
export interface Open {
  economy: string;
  bytes: Uint8Array;
  configuration: Configuration;
}

const sameAs = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

export class Answerer {
  private texts: Promise<[string, string][]> | undefined;
  private ready: Promise<unknown> | undefined;

  constructor(
    readonly client: EngineClient,
    private readonly page: () => Open,
  ) {}

  /** Another economy or model is open on the page than the one that was prepared. */
  forget(): void {
    this.ready = undefined;
  }

  // The files that come with the page, each given to the engine once.
  private files(): Promise<[string, string][]> {
    const read = async () => {
      const texts = Object.entries(await sourcesOf());
      for (const [name, text] of texts) if (!name.startsWith("studies/")) void this.client.source(name, text);
      return texts;
    };
    const texts = (this.texts ??= read());
    texts.catch(() => (this.texts = undefined));
    return texts;
  }

  /** The page's economy open under its model. */
  prepared(): Promise<unknown> {
    const open = async () => {
      await this.files();
      // What the page has by now; a later change of it forgets this.
      if (this.ready !== ready) throw new Cancelled();
      const { bytes, economy, configuration } = this.page();
      const opened = this.client.economy === economy ? undefined : this.client.open(bytes, economy);
      await Promise.all([opened, this.client.configure(configuration)]);
    };
    const ready: Promise<unknown> = (this.ready ??= Promise.resolve().then(open));
    ready.catch(() => {
      if (this.ready === ready) this.ready = undefined;
    });
    return ready;
  }

  /** Under the page's own model again, after others. */
  async configured(): Promise<void> {
    const { configuration } = this.page();
    if (!sameAs(this.client.configured, configuration)) await this.client.configure(configuration);
  }

  private async openAll(): Promise<void> {
    this.ready = undefined;
    for (const { name } of catalogue.economies) {
      const bytes = await economyBytes(name).catch(() => undefined);
      if (bytes) await this.client.open(bytes, name);
    }
  }

  /** A whole study, which may name another of the page's economies than the one that is open. */
  async run(
    study: string,
    name: string,
    progress: (at: Progress) => void,
    wanted: () => boolean = () => true,
  ): Promise<any> {
    const page = this.page(),
      named = economyOf(study),
      known = catalogue.economies.some((e) => e.name === named),
      economy = known ? named! : page.economy;
    if (named && !known) await this.openAll(); // so that the refusal says which there are
    const [texts, bytes] = await Promise.all([
      this.files(),
      economy === page.economy ? page.bytes : economyBytes(economy),
    ]);
    if (!wanted()) throw new Cancelled();
    if (this.client.economy !== economy) {
      this.ready = undefined; // the page's own again at the next question
      this.client.open(bytes, economy).catch(() => {}); // whoever waits for the answer hears of it
    }
    // What the study names by a path: from its own folder in the repository, or from the root.
    const sources = Object.fromEntries(
      texts.flatMap(([file, text]) =>
        [file, `../${file}`].filter((path) => study.includes(JSON.stringify(path))).map((path) => [path, text]),
      ),
    );
    const today = new Date().toISOString().slice(0, 10);
    return (await this.client.call("run", { name, study, sources, today }, progress)).answer.results;
  }
}
