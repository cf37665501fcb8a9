// What the engine refuses, without the place in a file that nobody wrote: what the page asks is no file.

/** `message` as a reader can use it; `option` gives an option of the model in words, where there are some. */
export function plainRefusal(message: string, option: (name: string) => string | undefined): string {
  const asked = message.replace(/^(settings|policy|question)(:\d+)?: /, "");
  if (asked === message) return message;
  return asked
    .replace(/; `detente [^;]*$/, "") // what the command would do
    .replace("the base, before any scenario: ", "")
    .replace(/^(?:model|economy|tariff)(?:\.(\w+))?: /, (_place, name: string | undefined) => {
      const words = name && option(name);
      return words ? `“${words}”: ` : "";
    });
}
