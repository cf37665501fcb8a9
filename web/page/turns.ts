// Work in turns: what takes long is done piece by piece, and between two pieces the browser takes input and paints.

/** Lets the browser do what waits. */
export const turn = (): Promise<void> =>
  new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done();
    port2.postMessage(0);
  });

const due: (() => void)[] = [];
let working: Promise<void> | undefined;

async function work(): Promise<void> {
  while (due.length) {
    await turn();
    due.shift()!();
  }
  working = undefined;
}

/** `act` in a turn of its own, after those that came before. */
export function inTurn(act: () => void): void {
  due.push(act);
  working ??= work();
}

/** When all has been done that was due. */
export const allDone = async (): Promise<void> => {
  while (working) await working;
};

/** When the browser has laid out and painted; a page that is out of sight paints nothing, and waits no longer. */
export const painted = (): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, 100);
    requestAnimationFrame(() => setTimeout(done));
  });
