import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@onegrid/ui/tokens.css";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/shell.css";
import "./styles/screens.css";
import { App } from "./app.tsx";
import { applyTextSize, chosenTextSize } from "./preferences.ts";
import { registerServiceWorker } from "./pwa.ts";

applyTextSize(chosenTextSize());
const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
registerServiceWorker();
