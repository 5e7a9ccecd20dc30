/**
 * The command line: one picocli command a class, and the only package that prints or exits.
 *
 * <p>May import everything below it; nothing imports it.
 */
@NullMarked
package io.gnomon.cli;

import org.jspecify.annotations.NullMarked;
