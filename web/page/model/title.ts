// Texts that come from elsewhere and stand in a sentence, a list, a file: on one line, and as they are read.

// Controls, halves of characters, and marks that turn the direction of what follows.
const unseen = /[\s\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]+/gu;

export const oneLine = (text: string): string => text.replace(unseen, " ").trim();
