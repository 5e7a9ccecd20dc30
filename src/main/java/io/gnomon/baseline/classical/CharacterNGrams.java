package io.gnomon.baseline.classical;

/**
 * Runs of {@code shortest} to {@code longest} characters within what white space parts, a blank
 * before and behind it: scikit-learn's {@code char_wb}. A word that is shorter than a run counts
 * once, as it is.
 */
record CharacterNGrams(int shortest, int longest) implements Analyzer {
  @Override
  public long[] terms(String text) {
    int[] points = FoldedText.of(text);
    TermList terms = new TermList();
    int start = 0;
    for (int end = 0; end <= points.length; end++) {
      if (end == points.length || isSpace(points[end])) {
        if (end > start) {
          addRuns(framed(points, start, end), terms);
        }
        start = end + 1;
      }
    }
    return terms.toArray();
  }

  private static int[] framed(int[] points, int from, int to) {
    int[] word = new int[to - from + 2];
    System.arraycopy(points, from, word, 1, to - from);
    word[0] = ' ';
    word[word.length - 1] = ' ';
    return word;
  }

  private void addRuns(int[] word, TermList terms) {
    for (int length = shortest; length <= longest; length++) {
      if (word.length <= length) {
        terms.add(TermHash.of(word, 0, word.length));
        return;
      }
      for (int from = 0; from + length <= word.length; from++) {
        terms.add(TermHash.of(word, from, from + length));
      }
    }
  }

  private static boolean isSpace(int point) {
    return Character.isWhitespace(point) || Character.isSpaceChar(point);
  }
}
