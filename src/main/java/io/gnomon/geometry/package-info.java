/**
 * Inner product, norm, angle and closed-form coefficient of sampled functions, in float64 (Eq. 6,
 * 7, 11, 15, 16), with the floor α₀ of the best constant; of classes that exclude each other, or of
 * labels that do not. Beside them the spread of a quantity measured several times.
 *
 * <p>The only package that touches ND4J. Imports nothing of this project.
 */
@NullMarked
package io.gnomon.geometry;

import org.jspecify.annotations.NullMarked;
