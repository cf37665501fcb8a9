// A reader's tab with the page in it, and what was heard there that should not have been.

// Every word on the console, every fault, and every request to another place than the page's own.
const heardOn = (page, server) => {
  const heard = [];
  page.on("console", (message) => heard.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => heard.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (/^https?:/.test(url) && !url.startsWith(server.url)) heard.push(`request: ${url}`);
  });
  return heard;
};

/** Until the certificate of an equilibrium stands at the foot. */
export const solved = (page) => page.locator(".certificate", { hasText: "✓" }).waitFor();

/** The page at `hash`, solved: in a tab of its own size and scheme, or in `context`. */
export async function opened(
  { browser, server },
  hash = "",
  { width = 1200, height = 900, scheme = "light", address = server.url, context = undefined } = {},
) {
  const page = await (context ?? browser).newPage({
    ...(context ? {} : { viewport: { width, height }, colorScheme: scheme, acceptDownloads: true }),
  });
  page.setDefaultTimeout(Number(process.env.DETENTE_PATIENCE ?? 60_000)); // a busy machine is no fault of the page
  const heard = heardOn(page, server);
  await page.goto(address + hash);
  await solved(page);
  return { page, heard };
}
