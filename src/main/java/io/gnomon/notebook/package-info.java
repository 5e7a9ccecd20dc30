/**
 * Jupyter notebooks (nbformat 4) of Java, run without Jupyter: the code cells in order in one
 * JShell of this very process, so that they see the library as it was built, and what they print
 * and show back in the file. No section of the paper: this is where its results are read.
 *
 * <p>May import {@code report} (tables that cells show), {@code checkpoint} (files that are whole
 * or not there) and {@code config}.
 */
@NullMarked
package io.gnomon.notebook;

import org.jspecify.annotations.NullMarked;
