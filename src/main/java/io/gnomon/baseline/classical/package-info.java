/**
 * What a practitioner would try first: bags of words, hashed word pairs or sentence embeddings, and
 * an ordinary learner on them, trained on gold labels or on a teacher's.
 *
 * <p>{@link io.gnomon.baseline.classical.ClassicalModel} is the way in. LIBLINEAR, XGBoost and ONNX
 * Runtime are loaded at first use and by no other package. May import {@code baseline} and what
 * that may.
 */
@NullMarked
package io.gnomon.baseline.classical;

import org.jspecify.annotations.NullMarked;
