package dev.graft.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.Activation;
import dev.graft.backbone.AveragePool2d;
import dev.graft.backbone.Layer;
import dev.graft.backbone.LayerNorm;
import dev.graft.backbone.LayerSamples;
import dev.graft.backbone.LayerSamples.Sample;
import dev.graft.backbone.LayerScale;
import dev.graft.backbone.PointwiseLinear;
import dev.graft.backbone.SamePadding;
import dev.graft.backbone.SelfAttention;
import dev.graft.backbone.SequencePool;
import dev.graft.backbone.SkipConnection;
import dev.graft.backbone.SqueezeExcitation;
import dev.graft.backbone.TokenEmbedding;
import dev.graft.backbone.UnitLength;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A kind of layer is written in bundles as a part of a head, or it is said here that heads have none. */
class HeadLayersTest {
    private static final Set<Class<?>> OF_BACKBONES_ALONE = Set.of(
            Activation.class,
            AveragePool2d.class,
            LayerNorm.class,
            LayerScale.class,
            PointwiseLinear.class,
            SamePadding.class,
            SelfAttention.class,
            SequencePool.class,
            SkipConnection.class,
            SqueezeExcitation.class,
            TokenEmbedding.class,
            UnitLength.class,
            Layer.Conv2d.class,
            Layer.BatchNorm2d.class,
            Layer.MaxPool2d.class,
            Layer.GlobalAveragePool.class,
            Layer.Flatten.class,
            Layer.Residual.class);

    @ParameterizedTest
    @MethodSource("dev.graft.backbone.LayerSamples#all")
    void everyKindIsReadAsItWasWrittenOrIsNoneOfAHead(Sample sample) {
        Layer layer = sample.layer();
        if (OF_BACKBONES_ALONE.contains(LayerSamples.kind(layer))) {
            assertThatThrownBy(() -> BundleConfig.LayerConfig.of(layer)).isInstanceOf(IllegalArgumentException.class);
        } else {
            assertThat(BundleConfig.LayerConfig.of(layer).toLayer("config.json"))
                    .isEqualTo(layer);
        }
    }
}
