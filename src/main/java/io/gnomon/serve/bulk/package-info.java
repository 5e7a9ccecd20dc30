/**
 * Many texts through an exported student: rows of files in, rows of labels out, of any number in
 * flat memory, in the order given, and resumable to the same bytes. {@link
 * io.gnomon.serve.bulk.BulkJob} is its face.
 *
 * <p>May import {@code serve}, {@code config} (its exception), and beside Jackson the readers of
 * CSV and Parquet; neither libtorch nor DJL's engine.
 */
@NullMarked
package io.gnomon.serve.bulk;

import org.jspecify.annotations.NullMarked;
