import { describe, expect, it } from "vitest";
import { fromLocal, todayIn, toLocal } from "./zone";

const dublin = "Europe/Dublin";

describe("moments in the user's zone", () => {
  it("shows winter and summer time", () => {
    expect(toLocal("2026-01-15T09:30:00Z", dublin)).toEqual({ date: "2026-01-15", time: "09:30" });
    expect(toLocal("2026-07-15T09:30:00Z", dublin)).toEqual({ date: "2026-07-15", time: "10:30" });
    expect(toLocal("2026-07-15T23:30:00Z", dublin)).toEqual({ date: "2026-07-16", time: "00:30" });
  });

  it("comes back to the same moment", () => {
    for (const zone of [dublin, "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC"]) {
      for (const iso of ["2026-01-15T09:30:00Z", "2026-07-15T23:45:00Z", "2026-12-31T23:59:00Z"]) {
        const local = toLocal(iso, zone);
        expect(local && fromLocal(local, zone)).toBe(iso);
      }
    }
  });

  it("takes the hour after the jump where spring skips one", () => {
    expect(fromLocal({ date: "2026-03-29", time: "01:30" }, dublin)).toBe("2026-03-29T01:30:00Z");
  });

  it("takes the first of the repeated hours in autumn", () => {
    expect(fromLocal({ date: "2026-10-25", time: "01:30" }, dublin)).toBe("2026-10-25T00:30:00Z");
  });

  it("refuses what is no date", () => {
    expect(fromLocal({ date: "", time: "10:00" }, dublin)).toBeNull();
    expect(toLocal("soon", dublin)).toBeNull();
  });

  it("knows which day it is there", () => {
    expect(todayIn("Pacific/Auckland", Date.parse("2026-05-01T20:00:00Z"))).toBe("2026-05-02");
  });
});
