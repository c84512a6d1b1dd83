// Which commands a record offers in its present state.
import { type Command, isNumeric, type Table } from "@/api/metadata";
import { type Row, valueIn } from "@/api/rows";

const shipped = new Map<string, readonly Command[]>();

/** The commands of a table whose metadata names none. */
export function registerCommands(table: string, commands: readonly Command[]): void {
  shipped.set(table, commands);
}

function fits(table: Table, row: Row, command: Command): boolean {
  return Object.entries(command.showWhen ?? {}).every(([name, allowed]) => {
    const column = table.column.get(name);
    const value = valueIn(row, name);
    const isSet = value !== null && value !== "" && value !== false;
    // "[null]" asks for an empty column; an empty list for any value at all.
    if (allowed.length === 0) {
      return isSet;
    }
    return allowed.some((each) =>
      column && isNumeric(column) ? String(each) === String(value) : each === value,
    );
  });
}

export function visibleCommands(table: Table, row: Row): Command[] {
  const commands = table.commands ?? shipped.get(table.logicalName) ?? [];
  return commands.filter((command) => fits(table, row, command));
}

/** "/documents/quotes/{id}.pdf" with the record's values. */
export function filled(template: string, row: Row): string {
  // A column that holds a whole address is that address.
  const whole = /^\{(\w+)\}$/.exec(template)?.[1];
  if (whole && whole !== "id") {
    const url = String(valueIn(row, whole) ?? "");
    return /^(https?:\/\/|\/)/i.test(url) ? url : "";
  }
  return template.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(name === "id" ? row.id : String(valueIn(row, name) ?? "")),
  );
}
