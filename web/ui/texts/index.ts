// The words of the workspace. Another language is a module of the same type, loaded before the
// first page is drawn; a missing word does not compile.
import { en } from "./en";

export type Texts = typeof en;

export const t: Texts = en;
