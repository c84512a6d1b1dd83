import { describe } from "node:test";
import { clientCases } from "./client_cases.mjs";

describe("dynamics-web-api on SQLite", () => clientCases());
