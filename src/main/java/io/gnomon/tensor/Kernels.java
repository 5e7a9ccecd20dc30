package io.gnomon.tensor;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Functions written in TorchScript, called on DJL arrays.
 *
 * <p>The source is a readable resource {@code NAME.ts.py} beside its owner: a class {@code Kernels}
 * whose methods take and return tensors. {@code ${NAME}} in it is replaced by a constant before
 * loading. The same source with the same constants is loaded once per process. Methods hold no
 * state, so they may be called from several threads.
 */
public final class Kernels {
  private static final Map<String, Kernels> LOADED = new ConcurrentHashMap<>();
  private static final String METHOD = "module_method:";

  // Held for as long as the kernels are: a model that nobody holds frees its code when finalized.
  private final Model model;
  private final NDManager host;
  private final Map<String, NDArray> selectors = new ConcurrentHashMap<>();

  private Kernels(Model model) {
    this.model = model;
    this.host = model.getNDManager().newSubManager(Device.cpu());
  }

  /**
   * Loads {@code resource} from beside {@code owner}.
   *
   * @param constants replacements for {@code ${NAME}} in the source
   * @throws IllegalStateException when the resource is missing or libtorch refuses it: a defect of
   *     the program, not of its input
   */
  public static Kernels load(Class<?> owner, String resource, Map<String, String> constants) {
    String source = source(owner, resource);
    for (Map.Entry<String, String> constant : constants.entrySet()) {
      source = source.replace("${" + constant.getKey() + "}", constant.getValue());
    }
    return LOADED.computeIfAbsent(source, text -> compile(resource, text));
  }

  /**
   * Calls {@code method}.
   *
   * @param training whether gradients flow through the call; without, it runs in inference mode and
   *     its outputs must be duplicated before they may enter a loss
   * @return the outputs, in the manager of the first input
   */
  public NDList call(String method, boolean training, NDArray... inputs) {
    NDManager manager = inputs[0].getManager();
    // A setting of the thread, so made each time. With it on, libtorch watches the first calls of a
    // process and then rewrites the code, whose gradients round otherwise: a resumed run, whose
    // first calls are an unbroken one's hundredth, would not repeat it.
    JniUtils.setGraphExecutorOptimize(false);
    NDList arguments = new NDList(inputs);
    arguments.add(selectors.computeIfAbsent(method, this::selector));
    return model.getBlock().forward(new ParameterStore(manager, false), arguments, training);
  }

  /** What names a method to DJL. On the host and kept: a new one on a card would wait for it. */
  private NDArray selector(String method) {
    NDArray selector = host.create(0f);
    NDScope.unregister(selector);
    selector.setName(METHOD + method);
    return selector;
  }

  /** Calls {@code method}, which gives one tensor; see {@link #call}. */
  public NDArray callOne(String method, boolean training, NDArray... inputs) {
    return call(method, training, inputs).singletonOrThrow();
  }

  /**
   * Calls {@code method} with {@code lists} and then {@code last}, without gradients: one call for
   * a model instead of one a parameter.
   *
   * <p>DJL gathers inputs of one name that ends in {@code []} to a list; the names are taken off
   * again, for a name would follow the array into other calls.
   *
   * @return the one result, in the manager of the first array
   */
  public NDArray callOnLists(String method, List<List<NDArray>> lists, NDArray... last) {
    List<NDArray> inputs = new ArrayList<>();
    try {
      for (int list = 0; list < lists.size(); list++) {
        for (NDArray array : lists.get(list)) {
          array.setName("list" + list + "[]");
          inputs.add(array);
        }
      }
      inputs.addAll(List.of(last));
      return callOne(method, false, inputs.toArray(new NDArray[0]));
    } finally {
      lists.forEach(list -> list.forEach(array -> array.setName(null)));
    }
  }

  private static String source(Class<?> owner, String resource) {
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(owner.getName() + ": no resource " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(owner.getName() + ": cannot read " + resource, e);
    }
  }

  private static Kernels compile(String resource, String source) {
    // The model lives as long as the process: kernels are shared by everything that calls them.
    Model model = Model.newInstance("kernels", "PyTorch");
    try {
      ByteArrayOutputStream archive = new ByteArrayOutputStream();
      TorchScriptArchive.write(archive, "kernels", source);
      // trainParam keeps gradients flowing through a call that is made with training = true.
      model.load(new ByteArrayInputStream(archive.toByteArray()), Map.of("trainParam", "true"));
      return new Kernels(model);
    } catch (IOException | MalformedModelException | EngineException e) {
      model.close();
      throw new IllegalStateException(resource + ": libtorch refuses the kernel source", e);
    }
  }
}
