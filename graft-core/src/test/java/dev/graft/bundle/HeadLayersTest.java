package dev.graft.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.LayerSamples;
import dev.graft.backbone.LayerSamples.Sample;
import dev.graft.layer.Activation;
import dev.graft.layer.AveragePool2d;
import dev.graft.layer.Layer;
import dev.graft.layer.LayerNorm;
import dev.graft.layer.LayerScale;
import dev.graft.layer.PointwiseLinear;
import dev.graft.layer.SamePadding;
import dev.graft.layer.SelfAttention;
import dev.graft.layer.SequencePool;
import dev.graft.layer.SkipConnection;
import dev.graft.layer.SqueezeExcitation;
import dev.graft.layer.TokenEmbedding;
import dev.graft.layer.UnitLength;
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
