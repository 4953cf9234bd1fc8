package dev.graft.backbone;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.List;

/** The architectures that Graft knows, by id. */
public final class Architectures {
    private static final List<CatalogueEntry> ALL = List.of(
            CatalogueEntry.own(DigitsCnn.architecture()),
            CatalogueEntry.own(CifarResnet.architecture()),
            CatalogueEntry.published(ResNet.resnet18(), ImageNetWeights.resnet("resnet18")),
            CatalogueEntry.published(ResNet.resnet34(), ImageNetWeights.resnet("resnet34")),
            CatalogueEntry.published(ResNet.resnet50(), ImageNetWeights.resnet50()),
            CatalogueEntry.published(MobileNetV2.architecture(), ImageNetWeights.mobileNetV2(), MobileNetV2.timm()),
            CatalogueEntry.published(EfficientNet.b0(), ImageNetWeights.efficientNetB0(), EfficientNet.timm()),
            CatalogueEntry.ofTimm(
                    EfficientNetLite.tensorFlow(), ImageNetWeights.efficientNetLite("tf_efficientnet_lite0.in1k")),
            CatalogueEntry.ofTimm(
                    EfficientNetLite.pyTorch(), ImageNetWeights.efficientNetLite("efficientnet_lite0.ra_in1k")),
            CatalogueEntry.published(ConvNext.tiny(), ImageNetWeights.convNextTiny(), ConvNext.timm()));

    private Architectures() {}

    /** The ids, in order. */
    public static List<String> ids() {
        return ALL.stream().map(entry -> entry.architecture().id()).toList();
    }

    /** All of them, in order, with what is known about their public weights. */
    public static List<CatalogueEntry> catalogue() {
        return ALL;
    }

    /**
     * The architecture of that id.
     *
     * @throws SettingsException if there is none; the message lists them
     */
    public static Architecture named(String id) {
        return entry(id).architecture();
    }

    /**
     * The architecture of that id with what is known about its public weights.
     *
     * @throws SettingsException if there is none; the message lists them
     */
    public static CatalogueEntry entry(String id) {
        return ALL.stream()
                .filter(entry -> entry.architecture().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new SettingsException(Problem.of("There is no architecture '" + id + "'.")
                        .expected(String.join(", ", ids()))
                        .found(id)
                        .fix("choose one of these (Architectures.ids)")));
    }
}
