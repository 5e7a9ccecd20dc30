package io.gnomon.report;

import io.gnomon.trace.Measure;
import java.util.List;

/**
 * One of the figure's panels.
 *
 * @param axis label of its vertical axis
 * @param weight its share of the height
 * @param cut whether its axis ends above most curves, where one far away would flatten them
 * @param isAngle whether it shows radians: from zero, with degrees on the right
 * @param lines what it draws; the first is what it is about
 */
record Panel(String axis, int weight, boolean cut, boolean isAngle, List<LineStyle> lines) {
  /** From the top. */
  static final List<Panel> ALL =
      List.of(
          new Panel(
              "angle α (rad)",
              3,
              false,
              true,
              List.of(
                  new LineStyle(Measure.ALPHA, "α on noise", Palette.SOLID, true),
                  new LineStyle(Measure.ALPHA_FLOOR, "floor α₀ on noise", Palette.DOTTED, false),
                  new LineStyle(Measure.ALPHA_TEXT, "α on text", Palette.DASHED, true),
                  new LineStyle(
                      Measure.ALPHA_TEXT_FLOOR, "floor α₀ on text", Palette.DASH_DOTTED, false))),
          new Panel(
              "norm ‖h‖",
              2,
              false,
              false,
              List.of(
                  new LineStyle(Measure.NORM_H, "‖h‖", Palette.SOLID, true),
                  new LineStyle(Measure.NORM_G, "‖g‖", Palette.THIN_DASHED, false))),
          new Panel(
              "coefficient c",
              2,
              true,
              false,
              List.of(
                  new LineStyle(Measure.C, "c", Palette.SOLID, true),
                  new LineStyle(Measure.C_STAR, "c*", Palette.THIN_DASHED, false))));
}
