import { spawnSync } from "node:child_process";

const PACKAGES = ["chromium-headless-shell", "fonts-noto-cjk"];

function works(program: string, args: string[]): boolean {
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}

function hasChromium(): boolean {
  return works("/bin/sh", ["-c", "command -v chromium-headless-shell || command -v chromium"]);
}

/** Without a Chinese font every character is the same empty box, and screens cannot be judged. */
function hasChineseFont(): boolean {
  const listed = spawnSync("fc-list", [":lang=zh", "family"], { encoding: "utf8" });
  return listed.status === 0 && listed.stdout.trim() !== "";
}

/**
 * Makes sure that Chromium and a Chinese font are there: installs Debian's packages when root.
 * Returns what the user has to do when that is not possible, else undefined.
 */
export function ensureChromium(): string | undefined {
  if (hasChromium() && hasChineseFont()) return undefined;
  const byHand = `Browser tests need Chromium and a Chinese font: apt-get install ${PACKAGES.join(" ")}`;
  if (process.getuid?.() !== 0) return `${byHand} (as root)`;
  if (!works("apt-get", ["--version"])) return byHand;
  console.log("· installing Chromium and a Chinese font from the system's packages (once)");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-qq"], { env, stdio: ["ignore", "ignore", "inherit"] });
  spawnSync(
    "apt-get",
    ["install", "-y", "-qq", "--no-install-recommends", ...PACKAGES, "fontconfig"],
    {
      env,
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  return hasChromium() && hasChineseFont() ? undefined : byHand;
}
