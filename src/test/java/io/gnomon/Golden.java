package io.gnomon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reference outputs of another implementation, {@code golden.json} beside a checkpoint. */
public record Golden(Path folder, JsonNode root) {

  /** The golden of {@code relative} below the shared folder; skips the test without it. */
  public static Golden require(String relative) throws IOException {
    Path folder = Shared.require(relative);
    return new Golden(
        folder, JsonMapper.shared().readTree(Files.readString(folder.resolve("golden.json"))));
  }

  public long[][] ids(String key) {
    return JsonMapper.shared().treeToValue(root.get(key), long[][].class);
  }

  public long[] row(String key) {
    return JsonMapper.shared().treeToValue(root.get(key), long[].class);
  }

  public float[][] matrix(String key) {
    return JsonMapper.shared().treeToValue(root.get(key), float[][].class);
  }

  /** frac(sin(k)·10⁴) for k = 1…n, the goldens' embeddings. */
  public static float[] sines(int n) {
    float[] values = new float[n];
    for (int k = 1; k <= n; k++) {
      double v = Math.sin(k) * 1e4;
      values[k - 1] = (float) (v - Math.floor(v));
    }
    return values;
  }
}
