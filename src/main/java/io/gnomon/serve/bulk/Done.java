package io.gnomon.serve.bulk;

/**
 * How far a job is.
 *
 * @param rows read, those rejected too
 * @param tagged written to the output
 * @param rejected written to the side file
 * @param asked of the tagged, those that somebody else than the student answered
 */
public record Done(long rows, long tagged, long rejected, long asked) {
  /** Nothing yet. */
  static final Done NONE = new Done(0, 0, 0, 0);

  Done plus(long moreTagged, long moreRejected, long moreAsked) {
    return new Done(
        rows + moreTagged + moreRejected,
        tagged + moreTagged,
        rejected + moreRejected,
        asked + moreAsked);
  }
}
