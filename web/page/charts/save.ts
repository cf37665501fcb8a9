// Files that the reader's browser saves: pictures, tables, studies. Nothing leaves the machine.

export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export const saveText = (text: string, name: string, type = "text/plain"): void =>
  saveBlob(new Blob([text], { type: `${type};charset=utf-8` }), name);

export interface Picture {
  text: string;
  width: number;
  height: number;
  paper: string;
}

export const saveSvg = (picture: Picture, name: string): void => saveText(picture.text, name, "image/svg+xml");

/** The picture twice as fine as on the screen. */
export async function savePng(picture: Picture, name: string): Promise<void> {
  const url = URL.createObjectURL(new Blob([picture.text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode(); // throws where the picture is none
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2 * picture.width, 2 * picture.height];
    const on = canvas.getContext("2d")!;
    on.scale(2, 2);
    on.drawImage(image, 0, 0, picture.width, picture.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
    if (!blob) throw new Error("image/png");
    saveBlob(blob, name);
  } finally {
    URL.revokeObjectURL(url);
  }
}
