package io.gnomon.serve.bulk;

/** What became of a text that was asked about. */
public sealed interface Reply permits Answer, Refusal {}
