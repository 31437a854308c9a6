type Parts = { line: number; variables: Set<string>; terms: Set<string>; selectors: unknown[] };
type Catalogue = { messages: Map<string, Parts>; terms: Map<string, Parts>; wrong: string[] };
type Found = { faults: string[]; lacking: string[]; share: number };

export function read(text: string): Catalogue;
export function languageOf(file: string): string;
export function englishFor(file: string): string[];
export function check(text: string, englishTexts: string[], language: string): Found;
export function checkFile(file: string): Found;
