package io.gnomon.report;

import io.gnomon.trace.Measure;
import java.awt.BasicStroke;

/**
 * How one measure is drawn: its line is the same in every colour.
 *
 * @param banded whether several seeds show their band; floors and references do without
 */
record LineStyle(Measure measure, String name, BasicStroke stroke, boolean banded) {}
