/**
 * A dataset through an exported student (h of the paper, Eq. 14), on any file system that Spark
 * knows: the same rows as {@code gnomon tag} gives for the same files. {@link
 * io.gnomon.spark.tag.DatasetTagging} is its face.
 *
 * <p>May import {@code serve} and {@code config} (its exception); neither libtorch nor DJL's
 * engine.
 */
@NullMarked
package io.gnomon.spark.tag;

import org.jspecify.annotations.NullMarked;
