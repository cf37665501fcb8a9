// What the engine refuses, in the reader's words.
import { optionWords, t } from "./language.ts";
import { plainRefusal } from "./model/refusal.ts";

export const plainly = (reason: unknown): string => plainRefusal((reason as Error).message, optionWords);

/** Sentences about what was asked, with the part of them that the engine wrote. */
export interface Said {
  notice?: string;
  refusal?: string;
}

/** Why the page stays as it was. */
export function staySaid(reason: unknown): Said {
  const refusal = plainly(reason);
  return { notice: t("setting_refused", { reason: refusal }), refusal };
}
