import { useEffect, useRef, useState } from "react";
import { Button } from "../ui/button.tsx";
import { useWords } from "../words.ts";

/** What we use of the browser's speech recognition (WICG Speech API); not in every browser. */
type Recognition = EventTarget & {
  lang: string;
  interimResults: boolean;
  start(): void;
  abort(): void;
};
type Maker = new () => Recognition;
type Heard = Event & { results: ArrayLike<ArrayLike<{ transcript: string }>> };

const wordsOf = ({ results }: Heard): string =>
  Array.from(results)
    .map((result) => result[0]?.transcript ?? "")
    .join("");

/** The browser's recogniser, or undefined where there is none. */
const makerOf = (scope: Record<string, unknown>): Maker | undefined => {
  const found = scope["SpeechRecognition"] ?? scope["webkitSpeechRecognition"];
  return typeof found === "function" ? (found as Maker) : undefined;
};

type DictationProps = { onWords: (words: string) => void };

/** Speaking instead of typing, where the browser can; nothing is shown elsewhere. */
export const Dictation = ({ onWords }: DictationProps) => {
  const { t, language } = useWords();
  const [isListening, setListening] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const current = useRef<Recognition>(null);
  useEffect(() => () => current.current?.abort(), []);

  const Maker = makerOf(globalThis as unknown as Record<string, unknown>);
  if (Maker === undefined) return null;
  const listen = () => {
    if (isListening) {
      current.current?.abort();
      return;
    }
    const recognition = new Maker();
    recognition.lang = language;
    recognition.interimResults = false;
    recognition.addEventListener("result", (event) => onWords(wordsOf(event as Heard)));
    recognition.addEventListener("error", () => setFailed(true));
    recognition.addEventListener("end", () => setListening(false));
    current.current = recognition;
    setFailed(false);
    setListening(true);
    recognition.start();
  };
  return (
    <div className="dictation">
      <Button icon="voice" look="quiet" aria-pressed={isListening} onClick={listen}>
        {t(isListening ? "report>listening" : "report>speak")}
      </Button>
      <output className="weak">
        {t(hasFailed ? "report>speakFailed" : isListening ? "report>speakHint" : "")}
      </output>
    </div>
  );
};
