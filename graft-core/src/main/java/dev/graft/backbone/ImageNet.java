package dev.graft.backbone;

import dev.graft.image.Preprocessing;
import java.util.List;

/** What the networks trained on ImageNet-1k have in common. */
final class ImageNet {
    static final int CLASSES = 1000;
    private static final int SIDE = 224;

    // Mean and standard deviation of each channel over ImageNet's training images, as all these networks use them.
    private static final List<Float> MEAN = List.of(0.485f, 0.456f, 0.406f);
    private static final List<Float> STD = List.of(0.229f, 0.224f, 0.225f);

    private ImageNet() {}

    /** 224x224, as for {@link #bicubic()} but resized bilinearly: ResNet, MobileNet and ConvNeXt in torchvision. */
    static Preprocessing bilinear() {
        return new Preprocessing(SIDE, SIDE, 3, MEAN, STD);
    }

    /** 224x224, resized bicubically: EfficientNet. */
    static Preprocessing bicubic() {
        return new Preprocessing(SIDE, SIDE, 3, MEAN, STD);
    }
}
