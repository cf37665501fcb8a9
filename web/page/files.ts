// The files that were built beside the page: inside its single file, or fetched from its own folder.
import { hashOf } from "./model/catalogue.ts";

const named: Record<string, string> = JSON.parse(document.getElementById("files")?.textContent || "{}");

const embedded = (key: string) => document.getElementById(`file-${key}`)?.textContent?.trim();

function decoded(base64: string): Uint8Array {
  const text = atob(base64),
    bytes = new Uint8Array(text.length);
  for (let k = 0; k < text.length; ++k) bytes[k] = text.charCodeAt(k);
  return bytes;
}

async function unpacked(base64: string): Promise<ArrayBuffer> {
  const stream = new Blob([decoded(base64) as BlobPart]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/** A file of the page's own folder that did not come. */
export class NotFetched extends Error {}

async function fetched(key: string): Promise<Response> {
  const name = named[key];
  if (!name) throw new Error(`this page was built without “${key}”`);
  const response = await fetch(name).catch((reason: Error) => {
    throw new NotFetched(`${name}: ${reason.message}`);
  });
  if (!response.ok) throw new NotFetched(`${name}: ${response.status} ${response.statusText}`.trim());
  return response;
}

/** Which engine this page can run: one with threads where its host keeps it apart from other pages (COOP and COEP). */
export const engineKind: "" | "-threads" = globalThis.crossOriginIsolated && named["engine-threads"] ? "-threads" : "";

const kept = new Map<string, Promise<Uint8Array>>();

/** A file's bytes; asked for once, so that a page that has them needs no network any more. */
export function bytesOf(key: string): Promise<Uint8Array> {
  const read = async () => {
    const inside = embedded(key);
    if (inside) return new Uint8Array(await unpacked(inside));
    const response = await fetched(key);
    // A connection can end in the middle of a file.
    return new Uint8Array(
      await response.arrayBuffer().catch((reason: Error) => {
        throw new NotFetched(`${named[key]}: ${reason.message}`);
      }),
    );
  };
  const bytes = kept.get(key) ?? read();
  kept.set(key, bytes);
  bytes.catch(() => kept.delete(key));
  return bytes;
}

const held = new WeakSet<Uint8Array>(); // those that are what they should be

/** An economy's bytes, held against the hash with which the page was built: its numbers are said to be of that file. */
export async function economyBytes(name: string): Promise<Uint8Array> {
  const bytes = await bytesOf(name),
    expected = hashOf(name);
  // A page from a host without encryption cannot tell.
  if (!expected || held.has(bytes) || !globalThis.crypto?.subtle) return bytes;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as BufferSource));
  const hash = Array.from(digest, (b) => b.toString(16).padStart(2, "0")).join("");
  if (hash.startsWith(expected)) {
    held.add(bytes);
    return bytes;
  }
  kept.delete(name);
  throw new NotFetched(`${named[name] ?? name}: not the file that this page was built with`);
}

let sources: Promise<Record<string, string>> | undefined;

/** The texts that come with the page, by their names. */
export function sourcesOf(): Promise<Record<string, string>> {
  const read = async () => {
    const text = await textOf("sources");
    try {
      return JSON.parse(text);
    } catch {
      kept.delete("sources");
      throw new NotFetched(`${named.sources ?? "sources"}: not the file that this page was built with`);
    }
  };
  const texts = (sources ??= read());
  texts.catch(() => (sources = undefined));
  return texts;
}

export const textOf = async (key: string): Promise<string> => new TextDecoder().decode(await bytesOf(key));

/** The engine, compiled away from the page's own thread. */
export async function compiledEngine(): Promise<WebAssembly.Module> {
  const inside = embedded("engine");
  if (inside) return WebAssembly.compile(await unpacked(inside));
  const response = await fetched(`engine${engineKind}`);
  // A host that does not know the type of .wasm serves it all the same.
  return response.headers.get("content-type")?.startsWith("application/wasm")
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

let workerAddress: Promise<string> | undefined;

/** The address of the worker's script, from memory: a worker that follows a cancelled one asks nobody. */
export const workerScript = (): Promise<string> =>
  (workerAddress ??= (async () =>
    URL.createObjectURL(new Blob([await textOf(`worker${engineKind}`)], { type: "text/javascript" })))());
