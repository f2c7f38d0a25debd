/** A name of a field in a Shapefile's table has at most so many bytes. */
const FIELD_NAME_BYTES = 10;

/** A field's name as a Shapefile keeps it; names are ASCII, so that bytes are characters. */
export const cutFieldName = (name: string): string => name.slice(0, FIELD_NAME_BYTES);
