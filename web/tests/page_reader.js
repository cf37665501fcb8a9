// A reader's tab with the page in it, and what was heard there that should not have been.
import { heardOn } from "./chromium.js";

/** Until the certificate of an equilibrium stands at the foot. */
export const solved = (page) => page.locator(".certificate", { hasText: "✓" }).waitFor();

/** The page at `hash`, solved: in a tab of its own size and scheme, or in `context`. */
export async function opened(
  { browser, server },
  hash = "",
  { width = 1200, height = 900, scheme = "light", address = server.url, home = server.url, context = undefined } = {},
) {
  const page = await (context ?? browser).newPage({
    ...(context ? {} : { viewport: { width, height }, colorScheme: scheme, acceptDownloads: true }),
  });
  page.setDefaultTimeout(Number(process.env.DETENTE_PATIENCE ?? 60_000)); // a busy machine is no fault of the page
  const heard = heardOn(page, home);
  await page.goto(address + hash);
  await solved(page);
  return { page, heard };
}
