package io.gnomon.data;

import java.util.Locale;

/** The public sets that Gnomon reads in their official form: where from, on what terms, and how. */
enum KnownSet {
  IMDB(
      "IMDB",
      "none stated; research use, cite Maas et al. 2011",
      "https://ai.stanford.edu/~amaas/data/sentiment/",
      "curl -fL --create-dirs -o %s https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz"),
  AG_NEWS(
      "AG News",
      "research and other non-commercial use, cite Zhang et al. 2015",
      "http://groups.di.unipi.it/~gulli/AG_corpus_of_news_articles.html",
      "curl -fL --create-dirs -o '%s/#1.csv' 'https://raw.githubusercontent.com/mhjabreel/"
          + "CharCnn_Keras/master/data/ag_news_csv/{train,test}.csv'"),
  GOEMOTIONS(
      "GoEmotions",
      "Apache 2.0, cite Demszky et al. 2020",
      "https://github.com/google-research/google-research/tree/master/goemotions",
      "curl -fL --create-dirs -o '%s/original/#1.tsv' 'https://raw.githubusercontent.com/"
          + "google-research/google-research/master/goemotions/data/{train,dev,test}.tsv'");

  private final String title;
  private final String licence;
  private final String home;
  private final String command;

  KnownSet(String title, String licence, String home, String command) {
    this.title = title;
    this.licence = licence;
    this.home = home;
    this.command = command;
  }

  String title() {
    return title;
  }

  /** The set's facts under {@code name}, which says the part that was read. */
  SetInfo info(String name) {
    return new SetInfo(name, licence, home);
  }

  /** Where the set is had from, on what terms, and the command that puts it at {@code path}. */
  String howToGet(String path) {
    return String.format(
        Locale.ROOT,
        "get it from %s (licence: %s), for one by typing: %s",
        home,
        licence,
        String.format(Locale.ROOT, command, path));
  }
}
