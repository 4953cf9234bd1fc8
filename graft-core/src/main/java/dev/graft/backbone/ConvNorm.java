package dev.graft.backbone;

import dev.graft.layer.Layer;
import dev.graft.layer.Layer.BatchNorm2d;
import dev.graft.layer.Layer.Conv2d;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution without a bias, padded so that stride 1 keeps the size, and its batch normalisation.
 *
 * @param conv the convolution's name
 * @param norm the normalisation's name
 */
record ConvNorm(String conv, String norm) {
    /** As torchvision numbers them: {@code name.0} and {@code name.1}. */
    static ConvNorm numbered(String name) {
        return new ConvNorm(name + ".0", name + ".1");
    }

    List<Layer> layers(int in, int out, int kernel, int stride) {
        return List.of(new Conv2d(conv, in, out, kernel, stride, (kernel - 1) / 2, false), BatchNorm2d.of(norm, out));
    }

    List<Layer> layers(int in, int out, int kernel, int stride, Layer activation) {
        return then(layers(in, out, kernel, stride), activation);
    }

    /** A kernel of its own for each channel. */
    List<Layer> depthwise(int channels, int kernel, int stride, Layer activation) {
        Conv2d each = new Conv2d(conv, channels, channels, kernel, stride, (kernel - 1) / 2, channels, false);
        return List.of(each, BatchNorm2d.of(norm, channels), activation);
    }

    private static List<Layer> then(List<Layer> layers, Layer last) {
        List<Layer> all = new ArrayList<>(layers);
        all.add(last);
        return all;
    }
}
