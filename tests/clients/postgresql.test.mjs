import { after, describe } from "node:test";
import { clientCases } from "./client_cases.mjs";
import { installedPrograms, startCluster } from "./cluster.mjs";

const skip = installedPrograms() ? false : "No PostgreSQL server is installed.";

describe("dynamics-web-api on PostgreSQL", { skip }, () => {
  let cluster;
  clientCases(async () => {
    cluster = await startCluster();
    return cluster.uri;
  });
  after(() => cluster?.stop()); // behind the server's own end
});
