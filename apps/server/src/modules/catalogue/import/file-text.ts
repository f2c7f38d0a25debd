export { MAX_FILE_BYTES, textOfFile, type FileEncoding } from "../../../platform/file-text.ts";
