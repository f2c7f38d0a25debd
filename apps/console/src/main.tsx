import "@onegrid/ui/tokens.css";
import "./base.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { openWords } from "./platform/language.ts";
import { createQueryClient } from "./platform/queries.ts";
import { createConsoleRouter } from "./routes/router.tsx";

openWords();
const queries = createQueryClient();
const router = createConsoleRouter(queries);
const root = document.querySelector("#root");
if (!root) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
