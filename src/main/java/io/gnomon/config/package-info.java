/**
 * An experiment as sealed records, read strictly from YAML with all errors at once. Holds no DJL.
 *
 * <p>Imports nothing of this project.
 */
@NullMarked
package io.gnomon.config;

import org.jspecify.annotations.NullMarked;
