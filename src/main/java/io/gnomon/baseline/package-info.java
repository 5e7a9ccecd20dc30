/**
 * The approaches that do read text, which a projection is compared with (the paper, Section 4 and
 * Table 1). Direct training on labels, distillation on real text and distillation on text that the
 * teacher wrote run the very loop of a projection; only the batches come from here. What a
 * practitioner would try first is in {@code baseline.classical}: whatever classifies texts is a
 * {@link io.gnomon.baseline.TextModel}.
 *
 * <p>May import {@code experiment} and below.
 */
@NullMarked
package io.gnomon.baseline;

import org.jspecify.annotations.NullMarked;
