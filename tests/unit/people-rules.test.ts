import { describe, expect, it } from "vitest";
import { deviceOf, refuseLastAdministrator, statusOf } from "@/features/people/rules";

describe("the last administrator", () => {
  const admin = { role: "admin", status: "active" } as const;

  it("may not be disabled or get another role", () => {
    expect(() => refuseLastAdministrator(admin, { disabled: true }, 0)).toThrow("last active administrator");
    expect(() => refuseLastAdministrator(admin, { role: "reviewer" }, 0)).toThrow("last active administrator");
  });

  it("may when there is another, and nobody else is held back", () => {
    expect(() => refuseLastAdministrator(admin, { disabled: true }, 1)).not.toThrow();
    expect(() => refuseLastAdministrator(admin, { role: "admin" }, 0)).not.toThrow();
    expect(() => refuseLastAdministrator({ ...admin, role: "reviewer" }, { disabled: true }, 0)).not.toThrow();
    expect(() => refuseLastAdministrator({ ...admin, status: "invited" }, { disabled: true }, 0)).not.toThrow();
  });
});

it("knows where an account stands", () => {
  const at = new Date(0);
  expect(statusOf({ disabledAt: null, passwordHash: "x" })).toBe("active");
  expect(statusOf({ disabledAt: null, passwordHash: null })).toBe("invited");
  expect(statusOf({ disabledAt: at, passwordHash: "x" })).toBe("disabled");
  expect(statusOf({ disabledAt: at, passwordHash: null })).toBe("disabled");
});

it.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
    "Edge on Windows",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
    "Safari on macOS",
  ],
  [
    "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36",
    "Chrome on Android",
  ],
  ["curl/8.5.0", "Another program"],
  [null, "Another program"],
])("names the device of %s", (userAgent, device) => expect(deviceOf(userAgent)).toBe(device));
