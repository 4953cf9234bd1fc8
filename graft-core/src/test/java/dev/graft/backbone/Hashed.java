package dev.graft.backbone;

import dev.graft.layer.ParameterSpec;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** Weights and images that {@code make_backbones.py} computes too, so that no file of them is needed. */
public final class Hashed {
    private static final Map<String, Double> GAINS =
            Map.of("resnet", 3.0, "mobilenet", 6.0, "efficientnet", 7.0, "convnext", 3.0);

    private Hashed() {}

    /** Numbers from -1 to below 1. */
    public static double[] uniform(String name, int count) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        long seed = crc.getValue() * 0x9E3779B97F4A7C15L;
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            long z = seed + (i + 1) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            z ^= z >>> 31;
            values[i] = (z >>> 40) / (double) (1 << 23) - 1;
        }
        return values;
    }

    /** Images as rows, (images, height, width, channels). */
    public static float[] images(int count, int height, int width) {
        double[] u = uniform("image", count * height * width * 3);
        float[] values = new float[u.length];
        for (int i = 0; i < u.length; i++) {
            values[i] = (float) (2 * u[i]);
        }
        return values;
    }

    /** Weights for a network of one of the families. */
    public static WeightSet weights(String network, List<ParameterSpec> specs) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        specs.forEach(spec -> shapes.put(spec.name(), spec.shapeArray()));
        return weights(network, shapes);
    }

    /** Weights of the given names and shapes; a shape of no axes makes a counter of zero. */
    public static WeightSet weights(String network, Map<String, long[]> shapes) {
        double gain = GAINS.entrySet().stream()
                .filter(entry -> network.startsWith(entry.getKey()))
                .findFirst()
                .orElseThrow()
                .getValue();
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> tensors.put(name, tensor(name, shape, gain)));
        return WeightSet.of(tensors);
    }

    private static FloatTensor tensor(String name, long[] shape, double gain) {
        if (shape.length == 0) {
            return FloatTensor.of(new float[1]);
        }
        long fanIn = 1;
        for (int axis = 1; axis < shape.length; axis++) {
            fanIn *= shape[axis];
        }
        double[] u = uniform(name, Math.toIntExact(shape[0] * fanIn));
        double scale = Math.sqrt(gain / fanIn);
        float[] values = new float[u.length];
        for (int i = 0; i < u.length; i++) {
            if (name.endsWith("running_mean") || name.endsWith("bias")) {
                values[i] = (float) (0.1 * u[i]);
            } else if (name.endsWith("running_var") || fanIn == 1) {
                values[i] = (float) (1 + 0.2 * u[i]);
            } else {
                values[i] = (float) (scale * u[i]);
            }
        }
        return new FloatTensor(shape, values);
    }
}
