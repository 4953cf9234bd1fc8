package dev.graft.backbone;

import dev.graft.image.Interpolation;
import dev.graft.image.Preprocessing;
import dev.graft.image.ResizeMode;

/** What the networks trained on ImageNet-1k have in common. */
final class ImageNet {
    static final int CLASSES = 1000;
    private static final int SIDE = 224;
    private static final int SHORTER_SIDE = 256;

    private ImageNet() {}

    /** 224x224 cut from the middle of 256, resized bilinearly: ResNet, MobileNet and ConvNeXt in torchvision. */
    static Preprocessing bilinear() {
        return Preprocessing.imageNet(SIDE, new ResizeMode.CenterCrop(SHORTER_SIDE, Interpolation.BILINEAR));
    }

    /** 224x224 cut from the middle of 256, resized bicubically: EfficientNet. */
    static Preprocessing bicubic() {
        return Preprocessing.imageNet(SIDE, new ResizeMode.CenterCrop(SHORTER_SIDE, Interpolation.BICUBIC));
    }
}
