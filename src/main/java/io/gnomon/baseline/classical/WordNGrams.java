package io.gnomon.baseline.classical;

/**
 * Words, and runs of up to {@code longest} of them. A word is two or more letters, digits or
 * underscores in a row: scikit-learn's {@code \w\w+}.
 */
record WordNGrams(int longest) implements Analyzer {
  @Override
  public long[] terms(String text) {
    TermList words = words(FoldedText.of(text));
    TermList terms = new TermList();
    for (int i = 0; i < words.size(); i++) {
      long term = words.get(i);
      terms.add(term);
      for (int j = i + 1; j < Math.min(i + longest, words.size()); j++) {
        term = TermHash.of(term, words.get(j));
        terms.add(term);
      }
    }
    return terms.toArray();
  }

  private static TermList words(int[] points) {
    TermList words = new TermList();
    int start = 0;
    for (int end = 0; end <= points.length; end++) {
      if (end == points.length || !isWord(points[end])) {
        if (end - start > 1) {
          words.add(TermHash.of(points, start, end));
        }
        start = end + 1;
      }
    }
    return words;
  }

  private static boolean isWord(int point) {
    return Character.isLetterOrDigit(point) || point == '_';
  }
}
