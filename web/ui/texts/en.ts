import { form } from "./en.form";
import { grid } from "./en.grid";
import { office } from "./en.office";
import { sales } from "./en.sales";
import { shell } from "./en.shell";

export const en = { shell, grid, form, sales, office };
