package dev.graft.engine;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.CatalogueEntry;
import dev.graft.backbone.Checkpoint;
import dev.graft.backbone.Hashed;
import dev.graft.backbone.PublishedNetworks;
import dev.graft.feature.Pooling;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole networks of the catalogue agree with torchvision's and timm's in float64, to a ten-thousandth of the largest
 * logit. A checkpoint of timm's that were translated wrongly could fit by its shapes, but not give timm's numbers.
 */
class FullSizeReferenceIT {
    @ParameterizedTest
    @CsvSource({"mobilenet_v2, 64, 96, timm", "efficientnet_b0, 64, 96, timm"})
    void logitsAgree(String id, int height, int width, String library) {
        CatalogueEntry entry = Architectures.entry(id);
        WeightSet published = Hashed.weights(id, PublishedNetworks.shapes(library, id));
        WeightSet weights = Checkpoint.fit(entry, published, library).weights();
        Architecture architecture = entry.architecture().withInputSize(height, width);
        FloatTensor expected = Reference.load("backbones/full-size").get(library + "." + id);

        try (InferenceNetwork network = new InferenceNetwork(
                architecture.inputShape(),
                architecture.featureStages(),
                List.of(new Tap("pool", Pooling.NONE)),
                architecture.classifier().layers(),
                weights)) {
            float largest = 0;
            for (float value : expected.values()) {
                largest = Math.max(largest, Math.abs(value));
            }
            Reference.assertClose(id, network.logits(Hashed.images(1, height, width), 1), expected, 1e-4f * largest);
        }
    }

    @ParameterizedTest
    @Tag("slow")
    @CsvSource({
        "resnet18, 64, 96, timm",
        "convnext_tiny, 64, 96, timm",
        "resnet18, 224, 224, torchvision",
        "resnet34, 224, 224, torchvision",
        "resnet50, 224, 224, torchvision",
        "mobilenet_v2, 224, 224, torchvision",
        "efficientnet_b0, 224, 224, torchvision",
        "convnext_tiny, 224, 224, torchvision"
    })
    void logitsOfTheLargerNetworksAgree(String id, int height, int width, String library) {
        logitsAgree(id, height, width, library);
    }
}
