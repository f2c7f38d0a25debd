import { describe, expect, it } from "vitest";
import { refusalOf } from "./http.ts";

const errorWith = (code: string): Error => Object.assign(new Error("database"), { code });

describe("what a lost database means to the caller", () => {
  it.each([
    ["a connection refused", errorWith("ECONNREFUSED")],
    ["a server that was told to stop", errorWith("57P01")],
    ["a server whose neighbour crashed", errorWith("57P02")],
    ["a server that starts up", errorWith("57P03")],
    ["a connection lost in a statement", new Error("Connection terminated unexpectedly")],
    [
      "a statement after the connection was lost",
      new Error("Client has encountered a connection error and is not queryable"),
    ],
    ["no connection to be had", new Error("timeout exceeded when trying to connect")],
  ])("%s is a 503 that says when to come back", (_what, error) => {
    expect(refusalOf(error)).toMatchObject({
      code: "server.database_away",
      status: 503,
      params: { retryAfterSeconds: 5 },
    });
  });

  it.each([
    ["PostgreSQL's disk is full", errorWith("53100"), "server.storage_full"],
    ["the disk of the photos is full", errorWith("ENOSPC"), "server.storage_full"],
    ["a statement took too long", errorWith("57014"), "server.unavailable"],
    ["a transaction was idle too long", errorWith("25P03"), "server.unavailable"],
  ])("%s: a 503 that phones try again", (_what, error, code) => {
    expect(refusalOf(error)).toMatchObject({
      code,
      status: 503,
      params: { retryAfterSeconds: expect.any(Number) },
    });
  });

  it("leaves a defect of our own without an excuse", () => {
    expect(refusalOf(errorWith("23505"))).toBeUndefined();
    expect(refusalOf(new TypeError("x is not a function"))).toBeUndefined();
  });
});
