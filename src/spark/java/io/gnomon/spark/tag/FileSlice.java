package io.gnomon.spark.tag;

import java.io.Serializable;

/**
 * A stretch of a file's bytes: of JSON lines the rows whose line begins in it, of Parquet those
 * whose row group does.
 *
 * @param file the file
 * @param begin its first byte
 * @param end the byte behind its last
 */
record FileSlice(InputFile file, long begin, long end) implements Serializable {}
