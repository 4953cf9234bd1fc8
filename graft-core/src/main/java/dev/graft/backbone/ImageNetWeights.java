package dev.graft.backbone;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Where weights of the ImageNet families come from; licences and recipes as their model cards state them. */
final class ImageNetWeights {
    private static final String DATA = "ImageNet-1k";
    private static final String RESNET = "He et al. 2016, https://arxiv.org/abs/1512.03385";
    private static final String STRIKES_BACK = "Wightman et al. 2021, https://arxiv.org/abs/2110.00476";

    private ImageNetWeights() {}

    static List<WeightSource> resnet(String id) {
        return List.of(
                timm(id + ".tv_in1k", "BSD-3-Clause", RESNET),
                timm(id + ".a1_in1k", "Apache-2.0", RESNET, STRIKES_BACK));
    }

    static List<WeightSource> resnet50() {
        return Stream.concat(resnet("resnet50").stream(), Stream.of(timm("resnet50.tv2_in1k", "BSD-3-Clause", RESNET)))
                .toList();
    }

    static List<WeightSource> mobileNetV2() {
        return List.of(
                timm("mobilenetv2_100.ra_in1k", "Apache-2.0", "Sandler et al. 2018, https://arxiv.org/abs/1801.04381"));
    }

    static List<WeightSource> efficientNetB0() {
        return List.of(
                timm("efficientnet_b0.ra_in1k", "Apache-2.0", "Tan and Le 2019, https://arxiv.org/abs/1905.11946"));
    }

    static List<WeightSource> efficientNetLite(String name) {
        return List.of(timm(name, "Apache-2.0", "Tan and Le 2019, https://arxiv.org/abs/1905.11946"));
    }

    static List<WeightSource> convNextTiny() {
        return List.of(
                timm("convnext_tiny.fb_in1k", "Apache-2.0", "Liu et al. 2022, https://arxiv.org/abs/2201.03545"));
    }

    private static WeightSource timm(String name, String license, String... references) {
        return new WeightSource("timm/" + name, DATA, license, Arrays.asList(references));
    }
}
