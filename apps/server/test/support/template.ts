import "vitest";

/** What the global setup tells the test files about the shared server. URLs name the template. */
export interface TestServer {
  superuserUrl: string;
  ownerUrl: string;
  appUrl: string;
}

declare module "vitest" {
  export interface ProvidedContext {
    testServer: TestServer;
  }
}

/** The migrated database that every test database is cloned from. */
export const TEMPLATE = "onegrid_template";
