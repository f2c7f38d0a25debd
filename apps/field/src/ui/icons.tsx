/** Line icons, 24 × 24, in the colour of the text beside them; words always stand next to them. */
const PATHS = {
  tasks: "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01",
  report: "M12 5v14M5 12h14",
  queue: "M12 16V4m0 0L7 9m5-5 5 5M4 16v3a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-3",
  me: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-8 8a8 8 0 0 1 16 0",
  back: "M15 5l-7 7 7 7",
  camera:
    "M4 8h3l2-3h6l2 3h3a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1Zm8 9a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z",
  place:
    "M12 21s7-6.2 7-11a7 7 0 1 0-14 0c0 4.8 7 11 7 11Zm0-8.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Z",
  refresh: "M20 11a8 8 0 1 0-.6 4M20 4v7h-7",
  close: "M6 6l12 12M18 6L6 18",
  check: "M5 12.500l4.500 4.500L19 7.500",
  clock: "M12 7v5l3 2m6-2a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
  warn: "M12 9v4m0 3.500h.01M10.300 4.500 2.900 17.500A2 2 0 0 0 4.600 20.500h14.800a2 2 0 0 0 1.700-3L13.700 4.500a2 2 0 0 0-3.400 0Z",
  offline:
    "M3 3l18 18M8.500 16.400a5 5 0 0 1 7 0M5 12.900a10 10 0 0 1 4-2.300m4.600-.3A10 10 0 0 1 19 12.900M2 9.300a15 15 0 0 1 4.300-2.800m5-1.400A15 15 0 0 1 22 9.300M12 20h.01",
  phone:
    "M5 4h4l2 5-2.500 1.500a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A16 16 0 0 1 4 5a1 1 0 0 1 1-1Z",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm9 2-4-4",
  patrol: "M9 11l2 2 4-4M12 21s7-5 7-11V5l-7-2-7 2v5c0 6 7 11 7 11Z",
  voice: "M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3Zm-7-3a7 7 0 0 0 14 0M12 19v3",
  bell: "M6 16V10a6 6 0 1 1 12 0v6l1.500 2h-15ZM10 20.500h4",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M9 9h.01",
} as const;

export type IconName = keyof typeof PATHS;

export const Icon = ({ name }: { name: IconName }) => (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
);
