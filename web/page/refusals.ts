// What the engine refuses, in the reader's words.
import { EngineStopped } from "./engine/client.ts";
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
  if (reason instanceof EngineStopped) return { notice: t("engine_stopped", { reason: refusal }), refusal };
  return { notice: t("setting_refused", { reason: refusal }), refusal };
}
