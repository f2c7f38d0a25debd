export {
  readCell,
  readDay,
  type CellProblem,
  type ChoiceWords,
  type RawCell,
} from "./read-cell.ts";
export { contradictionsIn, readRow, type RowProblem, type RowRead } from "./read-row.ts";
