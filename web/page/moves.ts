// From one economy, model or address to another. What was asked last is what stays; and all that belongs together (state,
// bytes, base, pins) changes at once, or not at all.
import { EngineStopped } from "./engine/client.ts";
import type { Files, Opened, Opener } from "./engine/opener.ts";
import { NotFetched } from "./files.ts";
import { economyTitle, t } from "./language.ts";
import { modelOf, type Address } from "./model/address.ts";
import type { State } from "./model/link.ts";
import { oneLine } from "./model/title.ts";
import { takeStrangers } from "./model/unfit.ts";
import type { Solved } from "./pins.ts";
import { plainly, staySaid, type Said } from "./refusals.ts";

/** What the page is from now on. */
export interface Landing extends Said {
  state: State;
  opened: Opened;
  /** The answers of the pins of a state that is anew; absent where it is the one of before. */
  pinned?: Solved[];
}

export interface Page {
  /** As it stands; undefined before the first landing. */
  state(): State | undefined;
  opened(): Opened | undefined;
  /** Answers the pins of a state; those that cannot be answered are taken out of it, and said. */
  answerPins(state: State, opened: Opened): Promise<{ pinned: Solved[] } & Said>;
  land(landing: Landing): void;
  /** What was asked for cannot be had: `address` is where it was named. */
  stay(said: Said, address?: Address): void;
  /** An economy is being loaded for longer than a moment, or is not any more. */
  loading(economy: string | undefined): void;
}

interface Goal {
  /** All of the state is anew. */
  address?: Address;
  patches: ((state: State) => void)[];
}

const showsAfter = 300; // milliseconds: what comes sooner needs no words

function reached({ address, patches }: Goal, from: State | undefined): State {
  const state = structuredClone(address?.state ?? from!);
  for (const patch of patches) patch(state);
  return state;
}

function addressSaid({ unread, unfit, lost, other }: Address, strangers: { said: string[]; lost: boolean }): string[] {
  const missing = oneLine([...unfit, ...strangers.said].join("; "));
  if (unread !== undefined) return [t("link_bad", { reason: oneLine(unread) })];
  if (missing) return [t(lost || strangers.lost ? "link_bad" : "link_part", { reason: missing })];
  return other.length ? [t("link_other", { what: other.join(", ") })] : [];
}

// A page that has nothing yet begins without a set of elasticities that does not come.
function withoutSet(address: Address, { message }: NotFetched): Address | undefined {
  const { elasticities: v } = address.state;
  if (!v) return undefined;
  const unfit = [...address.unfit, t("not_fetched_set", { v, reason: message })];
  return { ...address, unfit, state: { ...address.state, elasticities: undefined } };
}

export class Moves {
  private goal: Goal | undefined; // what was asked last, until it is reached
  private carried: ((state: State) => void)[] = [];
  private section: Promise<boolean> | undefined;
  private late: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly opener: Opener,
    private readonly page: Page,
  ) {}

  /** To what an address names. True where the page is there now; false where something else was asked for meanwhile. */
  to(address: Address): Promise<boolean> {
    this.carried = [];
    return this.move({ address, patches: [] });
  }

  /** To the state as it stands, or as it is about to be, with another model. */
  change(patch: (state: State) => void): Promise<boolean> {
    const { address, patches = [] } = this.goal ?? {};
    return this.move({ address, patches: [...patches, patch] });
  }

  /** A change of how the page is looked at, which outlives what is under way. */
  look(patch: (state: State) => void): void {
    patch(this.page.state()!);
    if (this.goal) this.carried.push(patch);
  }

  /** When nothing is being opened in the slider's engine. */
  async quiet(): Promise<void> {
    while (this.section) await this.section.catch(() => {});
  }

  private async move(goal: Goal): Promise<boolean> {
    const { page, opener } = this,
      { economy } = reached(goal, page.state());
    this.goal = goal;
    clearTimeout(this.late);
    if (page.opened()) this.late = setTimeout(() => page.loading(economy), showsAfter);
    try {
      const files = await opener.fetched(reached(goal, page.state()));
      // Only now: a page that waits for a file answers its slider. One after the other, and only the newest of those that wait.
      await this.quiet();
      if (this.goal !== goal) return false;
      const section = (this.section = this.enter(goal, files));
      try {
        return await section;
      } finally {
        this.section = undefined;
      }
    } catch (reason) {
      if (this.goal !== goal) return false;
      this.goal = undefined;
      this.carried = [];
      const lost = reason instanceof NotFetched;
      if (!page.opened()) {
        const without = lost && goal.address && withoutSet(goal.address, reason);
        if (without) return this.to(without);
        throw reason;
      }
      page.stay(
        lost
          ? { notice: t("not_fetched", { economy: economyTitle(economy), reason: reason.message }) }
          : staySaid(reason),
        goal.address,
      );
      return false;
    } finally {
      if (!this.goal) {
        clearTimeout(this.late);
        page.loading(undefined);
      }
    }
  }

  private async enter(goal: Goal, files: Files): Promise<boolean> {
    const { page } = this,
      { address } = goal,
      state = reached(goal, page.state());
    try {
      const { opened, refusal } = await this.open(state, files, address !== undefined);
      if (!address) {
        // What was changed meanwhile stays changed.
        return this.arrive(goal, { state: reached(goal, page.state()), opened });
      }
      const said = addressSaid(address, takeStrangers(state, opened.facts.economy)),
        pins = await page.answerPins(state, opened);
      if (refusal) said.push(t("link_model", { reason: refusal }));
      if (pins.notice) said.push(pins.notice);
      return this.arrive(goal, {
        state,
        opened,
        pinned: pins.pinned,
        notice: said.join(" ") || undefined,
        refusal: pins.refusal ?? refusal,
      });
    } catch (reason) {
      // The engine as the page has it.
      const [before, opened] = [page.state(), page.opened()];
      if (before && opened) await this.opener.open(before, { bytes: opened.bytes });
      throw reason;
    }
  }

  // A link may ask for what the model refuses: then the model as it is, and why.
  private async open(state: State, files: Files, link: boolean): Promise<{ opened: Opened; refusal?: string }> {
    const open = () => this.opener.open(state, files);
    try {
      // A worker may end by itself; the next may not.
      return {
        opened: await open().catch((reason) => (reason instanceof EngineStopped ? open() : Promise.reject(reason))),
      };
    } catch (reason) {
      if (!link || reason instanceof EngineStopped) throw reason;
      const model = modelOf(state.economy);
      Object.assign(state, { model, options: undefined, horizon: undefined, elasticities: undefined });
      return { opened: await this.opener.open(state, { bytes: files.bytes }), refusal: plainly(reason) };
    }
  }

  // True where nothing else has been asked for meanwhile: what comes then starts from here.
  private arrive(goal: Goal, landing: Landing): boolean {
    for (const patch of this.carried) patch(landing.state);
    const last = this.goal === goal;
    if (last) {
      this.goal = undefined;
      this.carried = [];
    } else if (this.goal?.address === goal.address) delete this.goal?.address;
    this.page.land(landing);
    return last;
  }
}
