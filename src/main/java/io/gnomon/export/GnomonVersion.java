package io.gnomon.export;

/** The version of this program, as its jar says. */
final class GnomonVersion {
  private GnomonVersion() {}

  static String get() {
    String version = GnomonVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
