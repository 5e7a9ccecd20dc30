/**
 * The approaches that do read text, which a projection is compared with (the paper, Section 4 and
 * Table 1): direct training on labels, distillation on real text, and distillation on text that the
 * teacher wrote. They run the very loop of a projection; only the batches come from here.
 *
 * <p>May import {@code experiment} and below.
 */
@NullMarked
package io.gnomon.baseline;

import org.jspecify.annotations.NullMarked;
