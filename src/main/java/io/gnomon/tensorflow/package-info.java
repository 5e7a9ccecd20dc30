/**
 * Checkpoints of TensorFlow: BERT as Google released it, read out of a tensor bundle (the {@code
 * .index} and {@code .data} files of a checkpoint or of a SavedModel), and imported as a Hugging
 * Face folder, for a student to start from.
 *
 * <p>May import {@code importing}, {@code checkpoint} and {@code config}.
 *
 * @see <a
 *     href="https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/protobuf/tensor_bundle.proto">the
 *     bundle</a>
 * @see <a href="https://github.com/google/leveldb/blob/main/doc/table_format.md">the table in its
 *     index</a>
 */
@NullMarked
package io.gnomon.tensorflow;

import org.jspecify.annotations.NullMarked;
