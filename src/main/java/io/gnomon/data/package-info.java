/**
 * Labelled text sets: readers, checks, licences. Text enters the program here, and only upwards: no
 * package that trains a projection may import this one (an architecture test says so).
 *
 * <p>May import {@code checkpoint} and {@code config}.
 */
@NullMarked
package io.gnomon.data;

import org.jspecify.annotations.NullMarked;
