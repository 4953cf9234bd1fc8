package dev.graft.backbone;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.layer.ParameterSpec;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * How weights start. Each tensor is drawn from a generator seeded by (seed, tensor name), so that adding a layer leaves
 * the others as they were, and the same seed gives the same bits on every machine.
 */
public enum Initialization {
    /** Uniform in ±sqrt(6 / (fanIn + fanOut)) (Glorot and Bengio 2010); the default of Keras. */
    GLOROT_UNIFORM {
        @Override
        double bound(double fanIn, double fanOut) {
            return Math.sqrt(6.0 / (fanIn + fanOut));
        }
    },
    /** Uniform in ±sqrt(6 / fanIn), which keeps the variance through ReLUs (He et al. 2015). */
    HE_UNIFORM {
        @Override
        double bound(double fanIn, double fanOut) {
            return Math.sqrt(6.0 / fanIn);
        }
    };

    abstract double bound(double fanIn, double fanOut);

    /** Fresh values for the given tensors. */
    public WeightSet initialize(List<ParameterSpec> parameters, long seed) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        for (ParameterSpec parameter : parameters) {
            tensors.put(parameter.name(), new FloatTensor(parameter.shapeArray(), values(parameter, seed)));
        }
        return WeightSet.of(tensors);
    }

    private float[] values(ParameterSpec parameter, long seed) {
        float[] values = new float[Math.toIntExact(parameter.elements())];
        switch (parameter.role()) {
            case WEIGHT -> fillUniform(values, parameter, seed);
            case SCALE, RUNNING_VARIANCE -> Arrays.fill(values, 1f);
            // The start of Hu et al. 2021: the input's projection is random, the product 0.
            case ADAPTER_DOWN ->
                fillUniform(
                        values, parameter, seed, 1 / Math.sqrt(parameter.shape().get(1)));
            case FIXED ->
                throw new SettingsException(Problem.of("Adapters go beside pretrained weights, not random ones.")
                        .where(parameter.name())
                        .fix("start from a pretrained backbone"));
            case ADAPTER_UP, BIAS, RUNNING_MEAN -> Arrays.fill(values, 0f);
            // The start of Liu et al. 2022, after Touvron et al. 2021: each block begins as almost the identity.
            case LAYER_SCALE -> Arrays.fill(values, 1e-6f);
        }
        return values;
    }

    private void fillUniform(float[] values, ParameterSpec parameter, long seed) {
        long[] shape = parameter.shapeArray();
        if (shape.length < 2) {
            throw new SettingsException(Problem.of("A weight needs at least the axes (out, in).")
                    .where(parameter.name())
                    .found(parameter.shape()));
        }
        double receptiveField = 1;
        for (int axis = 2; axis < shape.length; axis++) {
            receptiveField *= shape[axis];
        }
        fillUniform(values, parameter, seed, bound(shape[1] * receptiveField, shape[0] * receptiveField));
    }

    private static void fillUniform(float[] values, ParameterSpec parameter, long seed, double bound) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + nameHash(parameter.name()));
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
    }

    private static long nameHash(String name) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
