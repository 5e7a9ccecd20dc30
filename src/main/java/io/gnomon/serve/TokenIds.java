package io.gnomon.serve;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;

/**
 * Ids of a text's tokens and nothing else. DJL's own {@code encode} also fetches each token's name,
 * place and masks, a third of the time of a short text.
 */
final class TokenIds {
  private static final TokenizersLibrary LIBRARY = TokenizersLibrary.LIB;

  private TokenIds() {}

  /** The ids, without special tokens. */
  static long[] of(HuggingFaceTokenizer tokenizer, String text) {
    long encoding = LIBRARY.encode(tokenizer.getHandle(), text, false);
    try {
      return LIBRARY.getTokenIds(encoding);
    } finally {
      LIBRARY.deleteEncoding(encoding);
    }
  }
}
